package io.ordinal.server.admission;

import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.Refusals;
import io.ordinal.server.tree.Tree;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A pod's priority class becomes a number.
final class Priority implements Admission {
  private static final String PREEMPTION = "preemptionPolicy";

  private final Kind classes;
  private final Objects objects;

  Priority(Kind classes, Objects objects) {
    this.classes = classes;
    this.objects = objects;
  }

  @Override
  public void mutate(Attributes about, ObjectNode pod, @Nullable ObjectNode old) {
    if (!about.isFor("", "pods")) return;
    var spec = Tree.make(pod, "spec");
    if (about.creates()) resolve(about, spec);
    else if (old != null && !Tree.has(spec, "priority")) {
      Tree.carry("priority", Tree.make(old, "spec"), spec);
    }
  }

  private void resolve(Attributes about, ObjectNode spec) {
    var name = Tree.text(spec, "priorityClassName");
    var chosen = name.isEmpty() ? general() : objects.find(classes, "", name);
    if (!name.isEmpty() && chosen.isEmpty()) {
      throw Refusals.forbidden(
          about.kind(), about.name(), "no PriorityClass with name " + name + " was found");
    }
    var value = chosen.map(c -> Tree.number(0, c, "value")).orElse(0L);
    var policy = chosen.map(c -> Tree.text(c, PREEMPTION)).orElse("PreemptLowerPriority");
    if (name.isEmpty()) chosen.ifPresent(c -> spec.put("priorityClassName", Metadata.name(c)));
    if (Tree.number(value, spec, "priority") != value) {
      throw Refusals.forbidden(
          about.kind(),
          about.name(),
          "the integer value of priority ("
              + Tree.number(0, spec, "priority")
              + ") must not be provided in pod spec; priority admission controller computed "
              + value
              + " from the given PriorityClass name");
    }
    spec.put("priority", value);
    Tree.otherwise(spec, PREEMPTION, policy.isEmpty() ? "PreemptLowerPriority" : policy);
  }

  /// The class of pods that name none; the lowest, should there be several.
  private Optional<ObjectNode> general() {
    return objects.list(classes, "").stream()
        .filter(c -> Tree.flag(c, "globalDefault"))
        .min(Comparator.comparingLong(c -> Tree.number(0, c, "value")));
  }
}
