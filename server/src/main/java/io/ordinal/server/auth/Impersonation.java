package io.ordinal.server.auth;

import io.ordinal.server.ApiException;
import io.ordinal.server.Headers;
import io.ordinal.server.Status;
import io.ordinal.server.User;
import io.ordinal.server.rbac.Action;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Lets a user act as another one (contract G1: `kubectl --as`), when the user has the verb
/// `impersonate` on everything that is asked for:
///
/// | header               | is allowed by                                        |
/// |----------------------|------------------------------------------------------|
/// | Impersonate-User     | users, or serviceaccounts of the account's namespace |
/// | Impersonate-Group    | groups                                               |
/// | Impersonate-Uid      | uids.authentication.k8s.io                           |
/// | Impersonate-Extra-k  | userextras/k.authentication.k8s.io                   |
public final class Impersonation {
  private static final String PREFIX = "Impersonate-";
  private static final String EXTRA = "Impersonate-Extra-";
  private static final String VERB = "impersonate";
  private static final String AUTHENTICATION = "authentication.k8s.io";
  private static final String UNAUTHENTICATED = "system:unauthenticated";

  private final Authorizer authorizer;

  /// Asks `authorizer` who may be whom.
  public Impersonation(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /// The user as whom a request acts: the sender itself unless its headers name another.
  ///
  /// @throws ApiException 403 when the sender may not be that user, 500 as upstream when the
  ///   headers say more about a user whom they do not name
  public User actingFor(User sender, Headers headers) {
    return headers.hasAny(PREFIX) ? acting(sender, Wanted.of(headers)) : sender;
  }

  private User acting(User sender, Wanted wanted) {
    if (wanted.name.isEmpty()) {
      if (wanted.isEmpty()) return sender;
      throw new ApiException(
          Status.internal("requested " + wanted + " without impersonating a user"));
    }
    for (var action : wanted.actions()) {
      authorizer.check(sender, action);
    }
    return new User(wanted.name, wanted.uid, wanted.allGroups(), wanted.extra);
  }

  private record Wanted(
      String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    static Wanted of(Headers headers) {
      var extra = new LinkedHashMap<String, List<String>>();
      headers.forEach((header, value) -> {
        if (header.regionMatches(true, 0, EXTRA, 0, EXTRA.length())) {
          extra.computeIfAbsent(extraKey(header), _ -> new ArrayList<>()).add(value);
        }
      });
      return new Wanted(
          headers.first("Impersonate-User"),
          headers.first("Impersonate-Uid"),
          headers.all("Impersonate-Group"),
          extra);
    }

    /// A key is lower case, with percent signs for what no header's name may hold.
    private static String extraKey(String header) {
      var key = header.substring(EXTRA.length()).toLowerCase(Locale.ROOT);
      try {
        return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return key;
      }
    }

    boolean isEmpty() {
      return uid.isEmpty() && groups.isEmpty() && extra.isEmpty();
    }

    List<Action> actions() {
      var actions = new ArrayList<Action>();
      actions.add(
          User.serviceAccount(name)
              .map(
                  account -> action("", "serviceaccounts", "", account.namespace(), account.name()))
              .orElseGet(() -> action("", "users", "", "", name)));
      groups.forEach(group -> actions.add(action("", "groups", "", "", group)));
      extra.forEach((key, values) ->
          values.forEach(
              value -> actions.add(action(AUTHENTICATION, "userextras", key, "", value))));
      if (!uid.isEmpty()) actions.add(action(AUTHENTICATION, "uids", "", "", uid));
      return actions;
    }

    private static Action action(
        String group, String resource, String subresource, String namespace, String name) {
      return new Action.OnResource(VERB, group, resource, subresource, namespace, name);
    }

    /// Groups that are given are all there are, but for the one that says whether the user is
    /// known. An account without given ones has its own.
    Set<String> allGroups() {
      var all = new HashSet<>(groups);
      if (groups.isEmpty()) {
        User.serviceAccount(name).ifPresent(account -> all.addAll(account.groups()));
      }
      if (name.equals(User.ANONYMOUS.name())) {
        all.add(UNAUTHENTICATED);
      } else if (!all.contains(UNAUTHENTICATED)) {
        all.add(User.AUTHENTICATED);
      }
      return all;
    }

    /// The parts without a name, for the message that one is missing.
    @Override
    public String toString() {
      return "groups " + groups + ", extra " + extra + ", uid \"" + uid + "\"";
    }
  }
}
