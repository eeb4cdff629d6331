package io.ordinal.server.registry;

import io.ordinal.schema.Strictness;
import io.ordinal.server.ApiException;
import io.ordinal.server.Query;
import io.ordinal.server.Status;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.FieldPath;
import java.util.List;

/// The query parameters of a write (contract B1).
record WriteOptions(boolean dryRun, FieldValidation fieldValidation) {
  private static final int LONGEST_MANAGER = 128;

  /// What happens to unknown and duplicate fields.
  enum FieldValidation {
    IGNORE,
    WARN,
    STRICT;

    Strictness strictness() {
      return this == IGNORE ? Strictness.IGNORE : Strictness.REPORT;
    }
  }

  static WriteOptions of(Query query, String kind) {
    var errors = new FieldErrors();
    var dryRun = dryRun(query.all("dryRun"), errors);
    var validation = fieldValidation(query.first("fieldValidation"), errors);
    if (query.first("fieldManager").length() > LONGEST_MANAGER) {
      errors.tooLong(FieldPath.of("fieldManager"), LONGEST_MANAGER);
    }
    if (!errors.isEmpty()) throw Refusals.invalid("meta.k8s.io", kind, "", errors);
    return new WriteOptions(dryRun, validation);
  }

  static boolean dryRun(List<String> values, FieldErrors errors) {
    var others = values.stream().filter(value -> !value.isEmpty() && !value.equals("All")).toList();
    if (!others.isEmpty())
      errors.unsupported(FieldPath.of("dryRun"), others.getFirst(), List.of("All"));
    return values.contains("All");
  }

  private static FieldValidation fieldValidation(String value, FieldErrors errors) {
    return switch (value) {
      case "Ignore" -> FieldValidation.IGNORE;
      case "Strict" -> FieldValidation.STRICT;
      case "", "Warn" -> FieldValidation.WARN;
      default -> {
        errors.unsupported(
            FieldPath.of("fieldValidation"), value, List.of("", "Ignore", "Strict", "Warn"));
        yield FieldValidation.WARN;
      }
    };
  }

  /// What lies in the answer's headers of the problems that the decoder met; throws when none are
  /// allowed.
  List<String> judge(List<String> problems) {
    if (problems.isEmpty() || fieldValidation == FieldValidation.IGNORE) return List.of();
    if (fieldValidation == FieldValidation.WARN) return problems;
    throw new ApiException(Status.badRequest(Refusals.strictly(problems)));
  }
}
