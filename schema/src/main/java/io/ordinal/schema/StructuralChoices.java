package io.ordinal.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// `allOf`, `anyOf`, `oneOf` and `not`. Of alternatives that all fail, the one that failed least is
/// told too.
final class StructuralChoices {
  private final StructuralChecks checks;
  private final Looks looks;

  StructuralChoices(StructuralChecks checks, Looks looks) {
    this.checks = checks;
    this.looks = looks;
  }

  void check(JsonNode value, StructuralSchema schema, String path) {
    String name = StructuralChecks.quoted(path);
    all(failures(value, schema.choices("allOf"), path), name);
    any(failures(value, schema.choices("anyOf"), path), name);
    one(failures(value, schema.choices("oneOf"), path), name);
    for (var failed : failures(value, schema.choices("not"), path)) {
      if (failed.isEmpty()) {
        checks.combination(name + " must not validate the schema (not)");
      }
    }
  }

  /// What is wrong with the value, for each of the schemas.
  private List<List<ValueProblem>> failures(
      JsonNode value, List<StructuralSchema> schemas, String path) {
    var failures = new ArrayList<List<ValueProblem>>();
    for (StructuralSchema schema : schemas) {
      var inner = new StructuralChecks(looks);
      inner.check(value, null, schema, path);
      failures.add(inner.problems());
    }
    return failures;
  }

  private void all(List<List<ValueProblem>> failures, String name) {
    var failed = failures.stream().filter(one -> !one.isEmpty()).toList();
    if (failed.isEmpty()) {
      return;
    }
    failed.forEach(checks::addAll);
    String none = failed.size() == failures.size() ? ". None validated" : "";
    checks.combination(name + " must validate all the schemas (allOf)" + none);
  }

  private void any(List<List<ValueProblem>> failures, String name) {
    if (failures.isEmpty() || failures.stream().anyMatch(List::isEmpty)) {
      return;
    }
    checks.combination(name + " must validate at least one schema (anyOf)");
    addLeast(failures);
  }

  private void one(List<List<ValueProblem>> failures, String name) {
    long fitting = failures.stream().filter(List::isEmpty).count();
    if (failures.isEmpty() || fitting == 1) {
      return;
    }
    String found = fitting == 0 ? "Found none valid" : "Found " + fitting + " valid alternatives";
    checks.combination(name + " must validate one and only one schema (oneOf). " + found);
    if (fitting == 0) {
      addLeast(failures);
    }
  }

  private void addLeast(List<List<ValueProblem>> failures) {
    failures.stream().min(Comparator.comparingInt(List::size)).ifPresent(checks::addAll);
  }
}
