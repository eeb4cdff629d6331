package io.ordinal.server.validation;

import io.ordinal.schema.ValueProblem;
import java.util.ArrayList;
import java.util.List;

/// What a schema says of a value, as field errors.
public final class ValueErrors {
  private ValueErrors() {}

  /// Adds them under their own paths.
  public static void add(List<ValueProblem> problems, FieldErrors errors) {
    for (var problem : problems) add(problem, errors);
  }

  private static void add(ValueProblem problem, FieldErrors errors) {
    var path = FieldPath.of(problem.path());
    switch (problem.type()) {
      case REQUIRED -> errors.required(path, problem.detail());
      case INVALID -> errors.invalid(path, problem.value(), problem.detail());
      case WRONG_TYPE -> errors.typeInvalid(path, problem.value(), problem.detail());
      case DUPLICATE -> errors.duplicate(path, problem.value());
      case TOO_LONG -> errors.tooLong(path, problem.limits().asInt(0));
      case TOO_MANY -> errors.tooMany(path, problem.value().size(), problem.limits().asInt(0));
      case UNSUPPORTED -> {
        var allowed = new ArrayList<String>();
        problem
            .limits()
            .forEach(one -> allowed.add(one.isString() ? one.stringValue() : one.toString()));
        errors.unsupported(path, problem.value(), allowed);
      }
    }
  }
}
