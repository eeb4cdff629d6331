package io.ordinal.platform.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ordinal.platform.answer.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/apis",
        "/version",
        "/openapi/v3/apis/apps/v1",
        "/api/v1/namespaces/proxy/pods/proxy",
        "/api/v1/namespaces/proxy",
        "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node",
        "/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode",
        "/apis/rbac.authorization.k8s.io/v1/clusterroles/my%20role",
        "/api/v1/namespaces/default/pods/web-0/portforward",
        "/api/v1/namespaces/default/services/proxy/status",
      })
  void whatIsHarmlessPassesAsItIs(String path) {
    assertThat(ApiPath.parse(path).raw()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "/metrics, 404",
    "/apix/v1, 404",
    "/api/v1/namespaces/d/pods/p/proxy, 403",
    "/api/v1/namespaces/d/pods/p/proxy/x, 403",
    "/api/v1/namespaces/d/services/s:80/proxy, 403",
    "/api/v1/nodes/n/proxy, 403",
    "/api/v1/proxy/nodes/n, 403",
    "/api/v1/watch/nodes/n/proxy, 403",
    "/apis/g/v1/things/t/proxy, 403",
    "/api/v1/../x, 400",
    "/api/./v1, 400",
    "/api//v1, 400",
    "/api/v1/, 400",
    "/api/%2e%2e, 400",
    "/api/%2F, 400",
    "/api/%5c, 400",
    "/api/%25, 400",
    "/api/%3b, 400",
    "/api/pro%78y, 400",
    "/api/%, 400",
    "/api/%4, 400",
    "/api/é, 400",
    "api, 400",
  })
  void whatIsNotIsRefused(String path, int code) {
    var refusal = catchThrowableOfType(Refusal.class, () -> ApiPath.parse(path));
    assertThat(refusal.code()).isEqualTo(code);
  }
}
