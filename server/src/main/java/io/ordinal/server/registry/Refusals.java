package io.ordinal.server.registry;

import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.FieldPath;
import java.util.List;

/// The ways in which the registry says no, worded as clients and people know them (contract B7).
public final class Refusals {
  private Refusals() {}

  public static ApiException notFound(Kind kind, String name) {
    return new ApiException(Status.notFound(kind.group(), kind.resource(), name));
  }

  public static ApiException forbidden(Kind kind, String name, String why) {
    return new ApiException(Status.forbidden(kind.group(), kind.resource(), name, why));
  }

  public static ApiException conflict(Kind kind, String name, String why) {
    return new ApiException(Status.conflict(kind.group(), kind.resource(), name, why));
  }

  static ApiException modified(Kind kind, String name) {
    return conflict(
        kind,
        name,
        "the object has been modified; please apply your changes to the latest version and try again");
  }

  /// An object of that name is there, and it is another one than was meant.
  public static ApiException uidDiffers(Kind kind, String name, String asked, String found) {
    return conflict(
        kind,
        name,
        "Precondition failed: UID in precondition: " + asked + ", UID in object meta: " + found);
  }

  static ApiException versionMissing(Kind kind, String name) {
    var errors = new FieldErrors();
    errors.invalid(
        FieldPath.METADATA.child("resourceVersion"), 0, "must be specified for an update");
    return invalid(kind, name, errors);
  }

  static ApiException alreadyExists(Kind kind, String name, boolean beingDeleted) {
    var status = Status.alreadyExists(kind.group(), kind.resource(), name);
    if (!beingDeleted) return new ApiException(status);
    return new ApiException(
        Status.failure(
            status.code(),
            status.reason(),
            "object is being deleted: " + status.message(),
            status.details()));
  }

  public static ApiException badRequest(String message) {
    return new ApiException(Status.badRequest(message));
  }

  public static ApiException invalid(Kind kind, String name, FieldErrors errors) {
    return invalid(kind.group(), kind.gvk().kind(), name, errors);
  }

  /// 422 for an object of that kind, or for the options of a request.
  public static ApiException invalid(String group, String kind, String name, FieldErrors errors) {
    var causes =
        errors.all().stream()
            .map(e -> new Status.Cause(e.type().reason(), e.body(), e.path().text()))
            .toList();
    return new ApiException(Status.invalid(group, kind, name, causes));
  }

  static String strictly(List<String> problems) {
    return "strict decoding error: " + String.join(", ", problems);
  }
}
