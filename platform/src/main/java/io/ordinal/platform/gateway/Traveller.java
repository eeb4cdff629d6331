package io.ordinal.platform.gateway;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.clusters.Member;
import io.ordinal.platform.users.Accounts;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/// In whose name a request is passed on.
///
/// @param credential the session or the token that it came with
/// @param stillGood whether that has not ended, and the user has the same groups
public record Traveller(
    String user, List<String> groups, String credential, BooleanSupplier stillGood) {

  private static final String SYSTEM = "system:";

  /// A name that begins with `system:` is one of a cluster's own parts.
  public Traveller {
    if (user.isEmpty() || user.startsWith(SYSTEM)) {
      throw Refusal.forbidden("the gateway does not act for \"" + user + "\"");
    }
  }

  /// Tells a cluster who it is. One that lets nobody act for others hears of its own user alone,
  /// and only for the one whose kubeconfig it is.
  ///
  /// @throws Refusal 403 for everybody else
  void impersonate(Member cluster, BiConsumer<String, String> headers) {
    if (cluster.limited().isPresent()) {
      if (user.equals(Accounts.FIRST)) return;
      throw Refusal.forbidden(
          "the kubeconfig of cluster \"%s\" may not impersonate: it serves %s alone"
              .formatted(cluster.id(), Accounts.FIRST));
    }
    headers.accept("Impersonate-User", user);
    groups.forEach(group -> headers.accept("Impersonate-Group", group));
  }
}
