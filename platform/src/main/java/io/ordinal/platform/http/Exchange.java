package io.ordinal.platform.http;

import io.ordinal.http.Bodies;
import io.ordinal.http.Unread;
import io.ordinal.platform.answer.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One request and the way to its answer.
public record Exchange(Request request, Response response, Callback callback) {

  private static final int MOST_BODY_BYTES = 1024 * 1024;
  private static final Duration BODY_PATIENCE = Duration.ofSeconds(30);

  /// So long a client may refuse to take what is sent; then it is cut off.
  private static final int STALL_SECONDS = 30;

  private static final String HANDED_ON = Exchange.class.getName() + ".handedOn";

  /// GET, POST and so on.
  public String method() {
    return request.getMethod();
  }

  /// The path as it was sent, with all its escapes.
  public String path() {
    var path = request.getHttpURI().getPath();
    return path == null ? "/" : path;
  }

  /// A header; "" when it was not sent.
  public String header(String name) {
    var value = request.getHeaders().get(name);
    return value == null ? "" : value;
  }

  /// Whether a list in this header names the word.
  public boolean hasWord(String header, String word) {
    return request.getHeaders().getCSV(header, false).stream().anyMatch(word::equalsIgnoreCase);
  }

  /// Whether the connection is to go on with another protocol.
  public boolean wantsUpgrade() {
    return hasWord("Connection", "upgrade") && !header("Upgrade").isEmpty();
  }

  /// A parameter of the query.
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(Request.extractQueryParameters(request).getValue(name));
  }

  /// Where the request comes from.
  public String address() {
    return String.valueOf(Request.getRemoteAddr(request));
  }

  /// The body, which is a JSON object.
  ///
  /// @throws Refusal 400, 408, 413
  public ObjectNode json() throws IOException {
    if (!header("Content-Type").startsWith("application/json")) {
      throw Refusal.badRequest("the body must be application/json");
    }
    try {
      if (JsonMapper.shared().readTree(body()) instanceof ObjectNode object) return object;
    } catch (JacksonException e) {
      // What a parser says of a password may hold the password.
    }
    throw Refusal.badRequest("the body must be a JSON object");
  }

  /// The body, for somebody who reads it on a thread of his own: nobody else may from now on.
  public InputStream handOn() {
    request.setAttribute(HANDED_ON, true);
    return Request.asInputStream(request);
  }

  private byte[] body() throws IOException {
    var body = new ByteArrayOutputStream();
    var end =
        Bodies.take(
            request,
            MOST_BODY_BYTES,
            BODY_PATIENCE,
            piece -> {
              var bytes = new byte[piece.remaining()];
              piece.get(bytes);
              body.writeBytes(bytes);
            });
    return switch (end) {
      case WHOLE -> body.toByteArray();
      case TOO_LARGE -> throw Refusal.tooLarge(MOST_BODY_BYTES);
      case TOO_LATE -> {
        request.setAttribute(HANDED_ON, true);
        throw Refusal.ofHttp(408, "Request Timeout");
      }
      case BROKEN -> throw new IOException("the body of the request was cut off");
    };
  }

  /// Sets a header of the answer.
  public void set(String name, String value) {
    response.getHeaders().put(name, value);
  }

  /// Answers with JSON.
  public void answer(int status, JsonNode json) throws IOException {
    answer(status, "application/json", JsonMapper.shared().writeValueAsBytes(json));
  }

  /// Answers that it was done.
  public void noContent() throws IOException {
    response.setStatus(204);
    write(true, ByteBuffer.allocate(0));
    callback.succeeded();
  }

  /// Sends the browser elsewhere.
  public void redirect(String location) throws IOException {
    response.setStatus(303);
    set("Location", location);
    set("Cache-Control", "no-store");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
    write(true, ByteBuffer.allocate(0));
    callback.succeeded();
  }

  /// Answers no.
  public void refuse(Refusal refusal) throws IOException {
    if (request.getAttribute(HANDED_ON) == null) Unread.discard(request);
    if (refusal.retryAfterSeconds() > 0) {
      set("Retry-After", String.valueOf(refusal.retryAfterSeconds()));
    }
    answer(refusal.code(), "application/json", refusal.json());
  }

  /// Answers with these bytes.
  public void answer(int status, String type, byte[] bytes) throws IOException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    if (response.getHeaders().get(HttpHeader.CACHE_CONTROL) == null) {
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    }
    write(true, method().equals("HEAD") ? ByteBuffer.allocate(0) : ByteBuffer.wrap(bytes));
    callback.succeeded();
  }

  /// Sends a piece of the answer and waits until it is taken.
  ///
  /// @throws IOException when the client is gone, or takes nothing for too long
  public void write(boolean last, ByteBuffer bytes) throws IOException {
    try (var blocker = Blocker.callback()) {
      response.write(last, bytes, blocker);
      blocker.block(STALL_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the client takes nothing", e);
    }
  }

  /// The value of a text field of a JSON object; "" when it is not there.
  public static String text(JsonNode object, String field) {
    return object.path(field).asString("");
  }
}
