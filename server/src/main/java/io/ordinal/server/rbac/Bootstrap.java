package io.ordinal.server.rbac;

import io.ordinal.server.ApiException;
import io.ordinal.server.User;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Kinds;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.Registry;
import io.ordinal.server.tree.Tree;
import io.ordinal.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What has to be written so that a store has the roles and bindings that every cluster has: those
/// that are missing, and those that lack something that they had at the beginning. Whoever has
/// written more into them keeps it, and an object with the annotation
/// `rbac.authorization.kubernetes.io/autoupdate: "false"` is left alone.
///
/// The parts of the cluster need these objects for their first request, and writing them takes
/// longer than all else at the first start. So they count from the moment in which it is known what
/// they will be: [RuleResolver] gets them at once, and they are written later. Only who reads them
/// before the server is ready can tell the difference: the API server alone decides what is written
/// here, from what was stored before the first request, and every right that follows from it is one
/// that the store is about to say.
public final class Bootstrap {
  private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

  private final List<Step> steps;

  private record Step(Kind kind, ObjectNode wanted, Way way) {}

  private enum Way {
    CREATE,
    REPLACE,
    /// A binding to another role than it was made for: roleRef cannot be changed.
    DELETE_AND_CREATE
  }

  private Bootstrap(List<Step> steps) {
    this.steps = steps;
  }

  /// Compares what is stored with what has to be.
  public static Bootstrap plan(Kinds kinds, Objects objects) {
    var steps = new ArrayList<Step>();
    for (var object : BootstrapPolicy.objects()) {
      var kind = kinds.of(object);
      var stored = objects.find(kind, Metadata.namespace(object), Metadata.name(object));
      if (stored.isEmpty()) steps.add(new Step(kind, object, Way.CREATE));
      else step(kind, stored.get(), object).ifPresent(steps::add);
    }
    return new Bootstrap(steps);
  }

  private static Optional<Step> step(Kind kind, ObjectNode stored, ObjectNode wanted) {
    var autoupdate = Metadata.annotations(stored).get(BootstrapRole.AUTOUPDATE);
    if ("false".equals(autoupdate)) return Optional.empty();
    return Tree.same(stored.get("roleRef"), wanted.get("roleRef"))
        ? mended(stored, wanted).map(it -> new Step(kind, it, Way.REPLACE))
        : Optional.of(new Step(kind, wanted, Way.DELETE_AND_CREATE));
  }

  /// What is going to be written.
  public List<ObjectNode> objects() {
    return steps.stream().map(Step::wanted).toList();
  }

  /// Writes it, each object by a task of its own, so that they share their commits.
  public void perform(Registry registry, User writer, Executor executor) {
    for (var step : steps) executor.execute(() -> perform(step, registry, writer));
  }

  private static void perform(Step step, Registry registry, User writer) {
    var object = step.wanted.deepCopy();
    var namespace = Metadata.namespace(object);
    try {
      switch (step.way) {
        case CREATE -> registry.ensure(step.kind, namespace, object, writer);
        case REPLACE -> registry.replace(step.kind, namespace, object, writer);
        case DELETE_AND_CREATE -> {
          registry.remove(step.kind, namespace, Metadata.name(object), writer);
          registry.ensure(step.kind, namespace, object, writer);
        }
      }
    } catch (ApiException | StoreException e) {
      // somebody was faster, or the server stops: the next start looks again
      LOG.info(
          "{} {} was not written: {}", step.kind.resource(), Metadata.name(object), e.getMessage());
    }
  }

  /// The stored object with what it lacks; empty when it lacks nothing.
  private static Optional<ObjectNode> mended(ObjectNode stored, ObjectNode wanted) {
    if (isAsItBegan(stored, wanted)) return Optional.empty();
    var mended = stored.deepCopy();
    addMissing(wanted, mended, "annotations");
    addMissing(wanted, mended, "labels");
    var missing = Coverage.missing(PolicyRule.allOf(stored), PolicyRule.allOf(wanted));
    if (!missing.isEmpty()) {
      var rules = Tree.makeList(mended, "rules");
      missing.forEach(rule -> rules.add(rule.tree()));
    }
    addMissing(Tree.elements(wanted, "subjects"), mended, "subjects");
    if (wanted.has("aggregationRule")) {
      addMissing(
          Tree.elements(wanted, "aggregationRule", "clusterRoleSelectors"),
          Tree.make(mended, "aggregationRule"),
          "clusterRoleSelectors");
    }
    return Tree.same(mended, stored) ? Optional.empty() : Optional.of(mended);
  }

  /// Whether nobody has touched it, which is so at almost every start: a look that costs little.
  private static boolean isAsItBegan(ObjectNode stored, ObjectNode wanted) {
    var gathers = wanted.has("aggregationRule");
    return (gathers || Tree.same(stored.get("rules"), wanted.get("rules")))
        && Tree.same(stored.get("aggregationRule"), wanted.get("aggregationRule"))
        && Tree.same(stored.get("subjects"), wanted.get("subjects"))
        && Metadata.labels(stored).equals(Metadata.labels(wanted))
        && Metadata.annotations(stored).equals(Metadata.annotations(wanted));
  }

  private static void addMissing(ObjectNode wanted, ObjectNode mended, String field) {
    var values = Tree.make(mended, "metadata", field);
    Tree.textMap(wanted, "metadata", field)
        .forEach((key, value) -> {
          if (!values.has(key)) values.put(key, value);
        });
  }

  private static void addMissing(List<JsonNode> wanted, ObjectNode holder, String field) {
    var known = Tree.elements(holder, field);
    for (var element : wanted) {
      if (known.stream().noneMatch(it -> Tree.same(it, element))) {
        Tree.makeList(holder, field).add(element);
      }
    }
  }
}
