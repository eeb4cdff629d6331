package io.ordinal.server.custom;

import io.ordinal.schema.Decoder;
import io.ordinal.schema.Gvk;
import io.ordinal.schema.ObjectType;
import io.ordinal.schema.Strictness;
import io.ordinal.server.registry.Conversion;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/// One version of a custom kind over what is stored. All versions have the same fields, only the
/// apiVersion differs; an object from before the present schema is pruned and filled when it is
/// read. Whether it is from before, its first bytes tell.
final class CustomShape implements Conversion {
  private final Gvk gvk;
  private final String storedVersion;
  private final long since;
  private final ObjectType type;
  private final byte[] beginning;

  /// @param since the revision of the schema
  CustomShape(Gvk gvk, String storageVersion, long since, ObjectType type) {
    this.gvk = gvk;
    this.storedVersion = gvk.group() + "/" + storageVersion;
    this.since = since;
    this.type = type;
    this.beginning =
        ("{\"apiVersion\":\"" + gvk.apiVersion() + "\",").getBytes(StandardCharsets.UTF_8);
  }

  Gvk gvk() {
    return gvk;
  }

  long since() {
    return since;
  }

  @Override
  public String storedGroup() {
    return gvk.group();
  }

  @Override
  public ObjectNode toStored(ObjectNode shown) {
    return shown.put("apiVersion", storedVersion);
  }

  @Override
  public ObjectNode toShown(ObjectNode stored) {
    var version = Tree.text(stored, "metadata", "resourceVersion");
    var isOurs = Tree.text(stored, "apiVersion").equals(gvk.apiVersion());
    if (isOurs && (version.isEmpty() || Long.parseLong(version) >= since)) return stored;
    stored.put("apiVersion", gvk.apiVersion());
    var shown = new Decoder().decode(stored, type, Strictness.IGNORE).tree();
    var schema = type.structural();
    if (schema != null) schema.fill(shown);
    return shown;
  }

  @Override
  public byte[] shown(byte[] stored) {
    var end = Math.min(beginning.length, stored.length);
    var isOurs = Arrays.equals(stored, 0, end, beginning, 0, beginning.length);
    if (!isOurs) return Json.write(toShown(Json.parse(stored)));
    var revision = Json.revision(stored);
    return revision < 0 || revision >= since ? stored : Json.write(toShown(Json.parse(stored)));
  }
}
