package io.ordinal.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.server.User;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizerTest {
  private final Authorizer authorizer = new Authorizer();

  @ParameterizedTest(name = "{0} {1} {3}.{2}: {4}")
  @CsvSource({
    "admin, delete, apps, statefulsets, true",
    "scheduler, create, '', pods/binding, true",
    "scheduler, list, '', nodes, true",
    "scheduler, delete, '', secrets, false",
    "scheduler, create, coordination.k8s.io, leases, true",
    "node, patch, '', pods/status, true",
    "node, create, '', serviceaccounts/token, true",
    "node, get, '', configmaps, true",
    "node, delete, apps, statefulsets, false",
    "controller, update, apps, statefulsets/status, true",
    "controller, delete, '', persistentvolumeclaims, true",
    "account, get, '', pods, false",
    "account, create, authentication.k8s.io, selfsubjectreviews, true",
    "anonymous, create, authentication.k8s.io, selfsubjectreviews, false",
    "impostor, list, '', secrets, false",
    "namesake, get, '', secrets, false",
    "namesake, create, authentication.k8s.io, selfsubjectreviews, true",
    "manager, list, '', secrets, true",
    "stranger, get, '', secrets, false"
  })
  void identitiesMayDoWhatUpstreamLetsThem(
      String who, String verb, String group, String resource, boolean allowed) {
    var slash = resource.indexOf('/');
    var plural = slash < 0 ? resource : resource.substring(0, slash);
    var sub = slash < 0 ? "" : resource.substring(slash + 1);
    var action = new Action.OnResource(verb, group, plural, sub, "default", "");
    assertThat(authorizer.allows(user(who), action)).isEqualTo(allowed);
  }

  private static User user(String who) {
    return switch (who) {
      case "admin" -> User.admin();
      case "scheduler" -> User.part("system:kube-scheduler");
      case "node" -> User.node("node-1");
      case "manager" -> User.controllerManager();
      case "controller" -> User.controller("statefulset-controller");
      case "account" -> User.serviceAccount("default", "robot", "", Map.of());
      // the name of a node without its group
      case "impostor" -> User.part("system:node:node-1");
      // accounts that a chart has made in kube-system, or a certificate, with a controller's name
      case "namesake" -> User.serviceAccount("kube-system", "statefulset-controller", "", Map.of());
      case "stranger" -> User.part("system:kube-controller-manager");
      default -> User.ANONYMOUS;
    };
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "anonymous, /healthz, true",
    "anonymous, /readyz/ping, true",
    "anonymous, /version, true",
    "anonymous, /api, false",
    "anonymous, /healthzz, false",
    "account, /apis/apps/v1, true",
    "account, /openapi/v3/apis/apps/v1, true",
    "account, /metrics, false",
    "admin, /metrics, true"
  })
  void pathsAreOpenToSome(String who, String path, boolean allowed) {
    assertThat(authorizer.allows(user(who), new Action.OnPath("get", path))).isEqualTo(allowed);
  }

  @Test
  void aRefusalSaysWhoMayNotDoWhat() {
    var robot = user("account");
    var pod = new Action.OnResource("get", "", "pods", "log", "web", "web-0");
    assertThatThrownBy(() -> authorizer.check(robot, pod))
        .hasMessage(
            "pods \"web-0\" is forbidden: User \"system:serviceaccount:default:robot\" cannot get"
                + " resource \"pods/log\" in API group \"\" in the namespace \"web\"");
    var sets = new Action.OnResource("list", "apps", "statefulsets", "", "", "");
    assertThatThrownBy(() -> authorizer.check(robot, sets))
        .hasMessage(
            "statefulsets.apps is forbidden: User \"system:serviceaccount:default:robot\" cannot"
                + " list resource \"statefulsets\" in API group \"apps\" at the cluster scope");
  }
}
