package io.ordinal.server;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Kubernetes' Status object: why a request was refused, or that it succeeded (contract B7).
///
/// @param continueToken only with 410: where an inconsistent list may go on, else ""
public record Status(
    int code, String reason, String message, Details details, String continueToken) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// What the Status is about; "" and 0 are left out of the encoding.
  public record Details(
      String name,
      String group,
      String kind,
      String uid,
      List<Cause> causes,
      int retryAfterSeconds) {
    /// Nothing to add.
    public static final Details NONE = new Details("", "", "", "", List.of(), 0);

    /// Details that name a resource (`kind` is its plural, as upstream does) or a kind.
    public static Details of(String group, String kind, String name) {
      return new Details(name, group, kind, "", List.of(), 0);
    }

    /// The same with causes.
    public Details with(List<Cause> because) {
      return new Details(name, group, kind, uid, List.copyOf(because), retryAfterSeconds);
    }

    /// The same with a time after which a client may try again.
    public Details retryAfter(int seconds) {
      return new Details(name, group, kind, uid, causes, seconds);
    }
  }

  /// One reason of several, for example a field that is wrong.
  ///
  /// @param reason for example `FieldValueInvalid`
  /// @param field for example `spec.replicas`, or ""
  public record Cause(String reason, String message, String field) {}

  /// A refusal.
  public static Status failure(int code, String reason, String message, Details details) {
    return new Status(code, reason, message, details, "");
  }

  /// A refusal that is about nothing in particular.
  public static Status failure(int code, String reason, String message) {
    return failure(code, reason, message, Details.NONE);
  }

  /// Success, about `details`.
  public static Status success(int code, Details details) {
    return new Status(code, "", "", details, "");
  }

  /// 400
  public static Status badRequest(String message) {
    return failure(400, "BadRequest", message);
  }

  /// 401
  public static Status unauthorized() {
    return failure(401, "Unauthorized", "Unauthorized");
  }

  /// 403: `<resource>[.<group>] "<name>" is forbidden: <why>`
  public static Status forbidden(String group, String resource, String name, String why) {
    var about = name.isEmpty() ? qualified(group, resource) : quoted(group, resource, name);
    return failure(
        403, "Forbidden", about + " is forbidden: " + why, Details.of(group, resource, name));
  }

  /// 404: `<resource>[.<group>] "<name>" not found`
  public static Status notFound(String group, String resource, String name) {
    return failure(
        404,
        "NotFound",
        quoted(group, resource, name) + " not found",
        Details.of(group, resource, name));
  }

  /// 404 for a path that names no resource we serve.
  public static Status noSuchResource() {
    return failure(404, "NotFound", "the server could not find the requested resource");
  }

  /// 405
  public static Status methodNotAllowed() {
    return failure(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  /// 406
  public static Status notAcceptable(List<String> accepted) {
    return failure(
        406,
        "NotAcceptable",
        "only the following media types are accepted: " + String.join(", ", accepted));
  }

  /// 408
  public static Status requestTimeout(String message) {
    return failure(408, "Timeout", message);
  }

  /// 409: `<resource>[.<group>] "<name>" already exists`
  public static Status alreadyExists(String group, String resource, String name) {
    return failure(
        409,
        "AlreadyExists",
        quoted(group, resource, name) + " already exists",
        Details.of(group, resource, name));
  }

  /// 409: `Operation cannot be fulfilled on <resource>[.<group>] "<name>": <why>`
  public static Status conflict(String group, String resource, String name, String why) {
    return failure(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + quoted(group, resource, name) + ": " + why,
        Details.of(group, resource, name));
  }

  /// 410: what was asked for is no longer kept.
  public static Status expired(String message) {
    return failure(410, "Expired", message);
  }

  /// 413
  public static Status tooLarge(String message) {
    return failure(413, "RequestEntityTooLarge", message);
  }

  /// 415
  public static Status unsupportedMediaType(List<String> accepted) {
    return failure(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: "
            + String.join(", ", accepted));
  }

  /// 422: `<Kind>[.<group>] "<name>" is invalid: <field>: <message>`; several causes stand in
  /// brackets.
  public static Status invalid(String group, String kind, String name, List<Cause> causes) {
    var all =
        causes.stream()
            .map(c -> c.field().isEmpty() ? c.message() : c.field() + ": " + c.message())
            .distinct()
            .toList();
    var why = all.size() == 1 ? all.getFirst() : "[" + String.join(", ", all) + "]";
    return failure(
        422,
        "Invalid",
        quoted(group, kind, name) + " is invalid: " + why,
        Details.of(group, kind, name).with(causes));
  }

  /// 429
  public static Status tooManyRequests(String message, int retryAfterSeconds) {
    return failure(429, "TooManyRequests", message, Details.NONE.retryAfter(retryAfterSeconds));
  }

  /// 500
  public static Status internal(String message) {
    return failure(
        500,
        "InternalError",
        "Internal error occurred: " + message,
        Details.NONE.with(List.of(new Cause("", message, ""))));
  }

  /// 503
  public static Status unavailable(String message) {
    return failure(503, "ServiceUnavailable", message, Details.NONE.retryAfter(1));
  }

  /// 504: a resourceVersion that has not been reached yet; clients try again.
  public static Status futureRevision(long asked, long current) {
    var cause = new Cause("ResourceVersionTooLarge", "Too large resource version", "");
    return failure(
        504,
        "Timeout",
        "Timeout: Too large resource version: " + asked + ", current: " + current,
        Details.NONE.with(List.of(cause)).retryAfter(1));
  }

  /// The same with a token by which a client may go on with an inconsistent list.
  public Status continueWith(String token) {
    return new Status(code, reason, message, details, token);
  }

  /// Whether it says that all went well.
  public boolean succeeded() {
    return code < 400;
  }

  /// The object.
  public ObjectNode tree() {
    var tree = JsonNodeFactory.instance.objectNode();
    tree.put("kind", "Status").put("apiVersion", "v1");
    var metadata = tree.putObject("metadata");
    if (!continueToken.isEmpty()) {
      metadata.put("continue", continueToken);
    }
    tree.put("status", succeeded() ? "Success" : "Failure");
    putUnlessEmpty(tree, "message", message);
    putUnlessEmpty(tree, "reason", reason);
    if (!details.equals(Details.NONE)) {
      putDetails(tree.putObject("details"));
    }
    return tree.put("code", code);
  }

  private void putDetails(ObjectNode tree) {
    putUnlessEmpty(tree, "name", details.name);
    putUnlessEmpty(tree, "group", details.group);
    putUnlessEmpty(tree, "kind", details.kind);
    putUnlessEmpty(tree, "uid", details.uid);
    if (!details.causes.isEmpty()) {
      var causes = tree.putArray("causes");
      for (var cause : details.causes) {
        var one = causes.addObject();
        putUnlessEmpty(one, "reason", cause.reason);
        putUnlessEmpty(one, "message", cause.message);
        putUnlessEmpty(one, "field", cause.field);
      }
    }
    if (details.retryAfterSeconds > 0) {
      tree.put("retryAfterSeconds", details.retryAfterSeconds);
    }
  }

  /// The object as JSON.
  public byte[] json() {
    return JSON.writeValueAsBytes(tree());
  }

  /// The causes' messages, for a log line.
  @Override
  public String toString() {
    return code
        + " "
        + reason
        + " "
        + message
        + details.causes.stream().map(Cause::message).collect(Collectors.joining(", ", " [", "]"));
  }

  private static void putUnlessEmpty(ObjectNode tree, String field, String value) {
    if (!value.isEmpty()) {
      tree.put(field, value);
    }
  }

  private static String quoted(String group, String resource, String name) {
    return qualified(group, resource) + " \"" + name + "\"";
  }

  private static String qualified(String group, String resource) {
    return group.isEmpty() ? resource : resource + "." + group;
  }
}
