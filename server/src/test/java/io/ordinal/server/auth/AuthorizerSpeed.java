package io.ordinal.server.auth;

import io.ordinal.server.User;
import io.ordinal.server.rbac.Action;
import io.ordinal.server.registry.Api;
import java.util.Map;
import java.util.Set;

/// What a request pays for being authorised. Run by hand; it prints nanoseconds.
public final class AuthorizerSpeed {
  private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/";
  private static final int MEMBERS = 2000;
  private static final int ROUNDS = 300_000;

  private AuthorizerSpeed() {}

  public static void main(String[] args) {
    try (var api = new Api()) {
      for (var i = 0; i < MEMBERS; i++) {
        api.post(
            ROLES + "namespaces/default/rolebindings",
            "{'metadata':{'name':'m%d'},'roleRef':{'kind':'ClusterRole','name':'system:aggregate-to-edit'},'subjects':[{'kind':'User','name':'user-%d'}]}"
                .formatted(i, i));
      }
      var update = action("update", "apps", "statefulsets");
      var secrets = action("list", "", "secrets");
      var jane = new User("user-77", "", Set.of("devs", User.AUTHENTICATED), Map.of());
      for (var round = 0; round < 3; round++) {
        measure("administrator", api, User.admin(), update);
        measure(
            "scheduler, list pods",
            api,
            User.part("system:kube-scheduler"),
            action("list", "", "pods"));
        measure(
            "controller, update claims",
            api,
            User.controller("statefulset-controller"),
            action("update", "", "persistentvolumeclaims"));
        measure("member of 2000, update sets", api, jane, update);
        measure(
            "node, patch pods",
            api,
            User.node("node-1"),
            new Action.OnResource("patch", "", "pods", "status", "default", "p"));
        measure("refused", api, User.part("stranger"), secrets);
      }
    }
  }

  private static Action action(String verb, String group, String resource) {
    return new Action.OnResource(verb, group, resource, "", "default", "");
  }

  private static void measure(String what, Api api, User user, Action action) {
    var allowed = 0;
    var start = System.nanoTime();
    for (var i = 0; i < ROUNDS; i++) if (api.authorizer.allows(user, action)) allowed++;
    var each = (System.nanoTime() - start) / ROUNDS;
    System.out.printf("%-30s %5d ns %s%n", what, each, allowed > 0 ? "allowed" : "refused");
  }
}
