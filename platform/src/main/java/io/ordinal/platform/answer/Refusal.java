package io.ordinal.platform.answer;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Why a request gets no for an answer. Its text is for the user.
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int UNPROCESSABLE = 422;

  /// A field that is wrong, and why.
  public record Cause(String field, String message) {}

  private final int code;
  private final String reason;
  private final transient List<Cause> causes;
  private final int retryAfterSeconds;

  private Refusal(
      int code, String reason, String message, List<Cause> causes, int retryAfterSeconds) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
    this.causes = List.copyOf(causes);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  private Refusal(int code, String reason, String message) {
    this(code, reason, message, List.of(), 0);
  }

  /// 400: nothing that a well-meaning client sends.
  public static Refusal badRequest(String message) {
    return new Refusal(400, "BadRequest", message);
  }

  /// 401: who is it?
  public static Refusal unauthorized(String message) {
    return new Refusal(401, "Unauthorized", message);
  }

  /// 403: not for this user.
  public static Refusal forbidden(String message) {
    return new Refusal(403, "Forbidden", message);
  }

  /// 404.
  public static Refusal notFound(String kind, String name) {
    return new Refusal(
        404, "NotFound", "%s \"%s\" not found".formatted(kind.toLowerCase(Locale.ROOT), name));
  }

  /// 405.
  public static Refusal methodNotAllowed() {
    return new Refusal(405, "MethodNotAllowed", "the server does not allow this method here");
  }

  /// 409: there is one already.
  public static Refusal alreadyExists(String kind, String name) {
    return new Refusal(409, "AlreadyExists", "%s \"%s\" already exists".formatted(kind, name));
  }

  /// 409: somebody else was faster, or something else stands against it.
  public static Refusal conflict(String message) {
    return new Refusal(409, "Conflict", message);
  }

  /// 413.
  public static Refusal tooLarge(int limit) {
    return new Refusal(413, "RequestEntityTooLarge", "the body is larger than " + limit + " bytes");
  }

  /// 422: fields are wrong.
  public static Refusal invalid(List<Cause> causes) {
    var text = String.join("; ", causes.stream().map(c -> c.field() + ": " + c.message()).toList());
    return new Refusal(UNPROCESSABLE, "Invalid", text, causes, 0);
  }

  /// 422: one field is wrong.
  public static Refusal invalid(String field, String message) {
    return invalid(List.of(new Cause(field, message)));
  }

  /// 429: later.
  public static Refusal tooManyRequests(String message, int retryAfterSeconds) {
    return new Refusal(429, "TooManyRequests", message, List.of(), retryAfterSeconds);
  }

  /// 500: our fault; the log has the details.
  public static Refusal internal() {
    return new Refusal(500, "InternalError", "the console server failed; its log has the details");
  }

  /// 502: a cluster does not accept the gateway.
  public static Refusal badGateway(String message) {
    return new Refusal(502, "BadGateway", message);
  }

  /// 503: not now.
  public static Refusal unavailable(String message) {
    return new Refusal(503, "ServiceUnavailable", message, List.of(), 1);
  }

  /// What the HTTP layer itself refuses.
  public static Refusal ofHttp(int code, String text) {
    return new Refusal(code, text.replace(" ", ""), text);
  }

  /// The HTTP status.
  public int code() {
    return code;
  }

  /// Kubernetes' word for it.
  public String reason() {
    return reason;
  }

  /// After how many seconds it is worth to ask again; 0 when time does not help.
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /// The fields that are wrong.
  public List<Cause> causes() {
    return causes;
  }

  /// The Status object.
  public byte[] json() {
    var json = JsonMapper.shared();
    var status = json.createObjectNode();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
    if (!causes.isEmpty() || retryAfterSeconds > 0) {
      details(status.putObject("details"));
    }
    return json.writeValueAsBytes(status.put("code", code));
  }

  private void details(ObjectNode details) {
    if (retryAfterSeconds > 0) details.put("retryAfterSeconds", retryAfterSeconds);
    if (causes.isEmpty()) return;
    var list = details.putArray("causes");
    for (var cause : causes) {
      list.addObject()
          .put("reason", "FieldValueInvalid")
          .put("message", cause.message())
          .put("field", cause.field());
    }
  }
}
