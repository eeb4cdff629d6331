package io.ordinal.server;

import java.util.Locale;

/// A request whose sender is known. `path` is decoded and starts with `/`; `body` is never
/// modified.
///
/// @param method the HTTP method in upper case
public record ApiRequest(
    String method, String path, Query query, Headers headers, User user, byte[] body) {
  private static final byte[] EMPTY = {};

  /// A request without headers and body; `uri` is a path with an optional query.
  public static ApiRequest get(String uri, User user) {
    var mark = uri.indexOf('?');
    var path = mark < 0 ? uri : uri.substring(0, mark);
    var query = mark < 0 ? Query.NONE : Query.parse(uri.substring(mark + 1));
    return new ApiRequest("GET", path, query, Headers.NONE, user, EMPTY);
  }

  /// The same request by another user.
  public ApiRequest by(User other) {
    return new ApiRequest(method, path, query, headers, other, body);
  }

  /// The same request with another body.
  public ApiRequest with(byte[] other) {
    return new ApiRequest(method, path, query, headers, user, other);
  }

  /// The media type of the body in lower case, without parameters; "" when it is not named.
  public String contentType() {
    var header = headers.first("Content-Type");
    var end = header.indexOf(';');
    return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
