package io.ordinal.server.registry;

import io.ordinal.server.tree.Tree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What every object has: reading `metadata`, and the parts of it that only the server writes
/// (contract B2).
public final class Metadata {
  static final String ORPHAN = "orphan";
  static final String FOREGROUND = "foregroundDeletion";
  private static final List<String> SERVER_OWNED =
      List.of(
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds");

  private Metadata() {}

  public static String name(ObjectNode object) {
    return Tree.text(object, "metadata", "name");
  }

  public static String namespace(ObjectNode object) {
    return Tree.text(object, "metadata", "namespace");
  }

  public static String uid(ObjectNode object) {
    return Tree.text(object, "metadata", "uid");
  }

  public static Map<String, String> labels(ObjectNode object) {
    return Tree.textMap(object, "metadata", "labels");
  }

  public static Map<String, String> annotations(ObjectNode object) {
    return Tree.textMap(object, "metadata", "annotations");
  }

  public static boolean isBeingDeleted(ObjectNode object) {
    return Tree.has(object, "metadata", "deletionTimestamp");
  }

  public static List<String> finalizers(ObjectNode object) {
    return Tree.texts(object, "metadata", "finalizers");
  }

  public static ObjectNode of(ObjectNode object) {
    return Tree.make(object, "metadata");
  }

  /// A time as objects carry it: whole seconds, UTC.
  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// Wipes what a client cannot choose, and gives the object its identity.
  static void begin(
      ObjectNode object, boolean countsGenerations, Instant now, RandomGenerator random) {
    var metadata = of(object);
    metadata.remove(SERVER_OWNED);
    metadata.remove("selfLink");
    forgetEmptyManagers(metadata);
    metadata.put("uid", uuid(random));
    metadata.put("creationTimestamp", time(now));
    if (countsGenerations) metadata.put("generation", 1);
  }

  private static String uuid(RandomGenerator random) {
    var high = (random.nextLong() & ~0xF000L) | 0x4000L;
    var low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
    return new UUID(high, low).toString();
  }

  /// Takes what a client cannot change from the stored object.
  static void carry(ObjectNode old, ObjectNode object) {
    var from = of(old);
    var to = of(object);
    for (var field : SERVER_OWNED) Tree.carry(field, from, to);
    to.remove("selfLink");
    if (!to.has("managedFields")) Tree.carry("managedFields", from, to);
    forgetEmptyManagers(to);
  }

  /// `[]` and `[{}]` are how a client asks to forget who manages which field.
  private static void forgetEmptyManagers(ObjectNode metadata) {
    if (!(metadata.get("managedFields") instanceof ArrayNode managers)) return;
    if (managers.isEmpty() || (managers.size() == 1 && managers.get(0).isEmpty())) {
      metadata.remove("managedFields");
    }
  }

  static void countGeneration(ObjectNode object) {
    var generation = Tree.number(0, object, "metadata", "generation");
    if (generation > 0) of(object).put("generation", generation + 1);
  }

  /// Gives the object these finalizers and no others.
  public static void setFinalizers(ObjectNode object, Set<String> finalizers) {
    var metadata = of(object);
    metadata.remove("finalizers");
    if (finalizers.isEmpty()) return;
    var list = metadata.putArray("finalizers");
    finalizers.forEach(list::add);
  }

  /// Marks an object that goes as soon as nothing holds it back.
  static void markDeleting(ObjectNode object, Instant now) {
    var metadata = of(object);
    if (!metadata.has("deletionGracePeriodSeconds")) countGeneration(object);
    var at = Ages.parse(Tree.text(metadata, "deletionTimestamp"));
    if (at.isEmpty() || at.get().isAfter(now)) metadata.put("deletionTimestamp", time(now));
    metadata.put("deletionGracePeriodSeconds", 0);
  }

  /// Whether nothing but its finalizers ever kept the object, and they are gone.
  static boolean canGo(ObjectNode object) {
    return isBeingDeleted(object)
        && finalizers(object).isEmpty()
        && Tree.number(0, object, "metadata", "deletionGracePeriodSeconds") == 0;
  }
}
