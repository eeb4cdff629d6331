package io.ordinal.controllers.statefulset.history;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.ordinal.kube.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A template as a revision keeps it: `{"spec":{"template":{…,"$patch":"replace"}}}`, which is a
/// strategic merge patch that puts the template back as it was. It is made from the JSON that the
/// server sent, never from typed objects: fields that nobody here knows must survive.
///
/// Two are equal when their canonical texts are.
public record TemplateData(String text) {
  private static final JsonMapper TREES = JsonMapper.builder().build();
  private static final String PATCH = "$patch";
  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;
  private static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";

  /// Of the template in an object's `spec.template`.
  public static TemplateData of(Json object) {
    var template = object.tree().path("spec").path("template").deepCopy();
    if (!(template instanceof ObjectNode fields)) {
      throw new IllegalArgumentException("no spec.template in " + object);
    }
    fields.put(PATCH, "replace");
    var data = TREES.createObjectNode();
    data.putObject("spec").set("template", fields);
    return new TemplateData(CanonicalJson.write(data));
  }

  public static TemplateData of(ControllerRevision revision) {
    return new TemplateData(CanonicalJson.write(TREES.valueToTree(revision.getData())));
  }

  /// What goes into the `data` field.
  public JsonNode tree() {
    return TREES.readTree(text);
  }

  /// The template alone, without the word to the patch.
  public Json template() {
    var template = tree().path("spec").path("template");
    if (template instanceof ObjectNode fields) fields.remove(PATCH);
    return Json.of(CanonicalJson.write(template));
  }

  /// The hash that ends the name of a revision: FNV-1 over the text and the number of collisions so
  /// far, in letters and digits that spell no words.
  public String hash(int collisionCount) {
    int hash = FNV_OFFSET;
    for (byte b : (text + collisionCount).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash * FNV_PRIME) ^ (b & 0xff);
    }
    var safe = new StringBuilder();
    for (char digit : Integer.toUnsignedString(hash).toCharArray()) {
      safe.append(SAFE.charAt(digit % SAFE.length()));
    }
    return safe.toString();
  }

  /// Whether both mean the same, though other versions of Kubernetes wrote them: those up to 1.33
  /// put `creationTimestamp: null` into every template, all of them empty `resources` and empty
  /// lists.
  public boolean meansTheSameAs(TemplateData other) {
    return equals(other) || meaning().equals(other.meaning());
  }

  private String meaning() {
    var tree = tree();
    simplify(tree);
    return CanonicalJson.write(tree);
  }

  /// An empty object may mean something (an empty selector selects all), so only those go of which
  /// it is known that they do not.
  private static void simplify(JsonNode node) {
    node.forEach(TemplateData::simplify);
    if (!(node instanceof ObjectNode fields)) return;
    for (var name : fields.propertyNames().stream().toList()) {
      var value = fields.get(name);
      boolean nothing = value.isNull() || (value.isArray() && value.isEmpty());
      boolean emptyByHabit = name.equals("resources") && value.isObject() && value.isEmpty();
      if (nothing || emptyByHabit) fields.remove(name);
    }
  }
}
