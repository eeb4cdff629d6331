package io.ordinal.server.registry;

import io.ordinal.server.Query;
import io.ordinal.server.Target;
import io.ordinal.server.User;

/// A request that passed authentication, authorisation and limits.
///
/// @param contentType the media type of the body, lower case, without parameters, "" when absent
/// @param userAgent the User-Agent header: the default field manager is its part before the `/`
public record Call(
    Target target, User user, Query query, String contentType, String userAgent, byte[] body) {

  /// The same call, about something else.
  public Call with(Target other) {
    return new Call(other, user, query, contentType, userAgent, body);
  }
}
