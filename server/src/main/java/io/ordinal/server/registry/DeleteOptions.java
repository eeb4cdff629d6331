package io.ordinal.server.registry;

import io.ordinal.schema.Gvk;
import io.ordinal.schema.Strictness;
import io.ordinal.server.Query;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.FieldPath;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/// How an object is to be deleted (contract B1, B3). The body counts; without one, the query does.
///
/// @param uid only the object with this uid; empty for any
/// @param resourceVersion only at this version; empty for any
/// @param answersAccepted whether an object that lives on is answered with 202, as the old
///   `orphanDependents=false` was
public record DeleteOptions(
    OptionalLong gracePeriodSeconds,
    Optional<Propagation> propagation,
    String uid,
    String resourceVersion,
    boolean dryRun,
    boolean answersAccepted) {
  private static final Gvk GVK = new Gvk("", "v1", "DeleteOptions");
  private static final FieldPath POLICY = FieldPath.of("propagationPolicy");

  /// What becomes of the dependents.
  public enum Propagation {
    ORPHAN,
    BACKGROUND,
    FOREGROUND
  }

  /// At once and with all that depends on it in the background.
  public static DeleteOptions plain(boolean dryRun) {
    return new DeleteOptions(OptionalLong.empty(), Optional.empty(), "", "", dryRun, false);
  }

  /// The same, only tried.
  public DeleteOptions dry() {
    return new DeleteOptions(
        gracePeriodSeconds, propagation, uid, resourceVersion, true, answersAccepted);
  }

  static DeleteOptions of(Call call, Bodies bodies) {
    var tree =
        call.body().length == 0
            ? fromQuery(call.query())
            : bodies.read(call, GVK, Strictness.IGNORE).tree();
    return of(tree);
  }

  private static ObjectNode fromQuery(Query query) {
    var tree = Tree.object();
    var grace = query.first("gracePeriodSeconds");
    try {
      if (!grace.isEmpty()) tree.put("gracePeriodSeconds", Long.parseLong(grace));
    } catch (NumberFormatException e) {
      throw Refusals.badRequest(
          "invalid gracePeriodSeconds \"" + grace + "\": it must be a whole number");
    }
    if (query.has("orphanDependents")) tree.put("orphanDependents", query.flag("orphanDependents"));
    if (query.has("propagationPolicy"))
      tree.put("propagationPolicy", query.first("propagationPolicy"));
    var dryRun = tree.putArray("dryRun");
    query.all("dryRun").forEach(dryRun::add);
    return tree;
  }

  /// From the object of that name.
  public static DeleteOptions of(ObjectNode tree) {
    var errors = new FieldErrors();
    var dryRun = WriteOptions.dryRun(Tree.texts(tree, "dryRun"), errors);
    var legacy = Tree.has(tree, "orphanDependents");
    var policy = Tree.text(tree, "propagationPolicy");
    if (legacy && Tree.has(tree, "propagationPolicy")) {
      errors.invalid(POLICY, policy, "orphanDependents and deletionPropagation cannot be both set");
    }
    var propagation = propagation(policy, errors);
    if (!errors.isEmpty()) throw Refusals.invalid("meta.k8s.io", GVK.kind(), "", errors);
    var orphans = Tree.flag(tree, "orphanDependents");
    if (legacy) propagation = Optional.of(orphans ? Propagation.ORPHAN : Propagation.BACKGROUND);
    var grace = tree.get("gracePeriodSeconds");
    return new DeleteOptions(
        grace == null || !grace.isNumber() ? OptionalLong.empty() : OptionalLong.of(grace.asLong()),
        propagation,
        Tree.text(tree, "preconditions", "uid"),
        Tree.text(tree, "preconditions", "resourceVersion"),
        dryRun,
        legacy && !orphans);
  }

  private static Optional<Propagation> propagation(String policy, FieldErrors errors) {
    return switch (policy) {
      case "" -> Optional.empty();
      case "Orphan" -> Optional.of(Propagation.ORPHAN);
      case "Background" -> Optional.of(Propagation.BACKGROUND);
      case "Foreground" -> Optional.of(Propagation.FOREGROUND);
      default -> {
        errors.unsupported(POLICY, policy, List.of("Foreground", "Background", "Orphan", "nil"));
        yield Optional.empty();
      }
    };
  }
}
