package io.ordinal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/pods, LIST, '', v1, pods, '', '', ''",
    "GET, /api/v1/pods?watch=1, WATCH, '', v1, pods, '', '', ''",
    "GET, /api/v1/pods?watch=false, LIST, '', v1, pods, '', '', ''",
    "GET, /api/v1/namespaces, LIST, '', v1, namespaces, '', '', ''",
    "PUT, /api/v1/namespaces/web, UPDATE, '', v1, namespaces, '', '', web",
    "PUT, /api/v1/namespaces/web/finalize, UPDATE, '', v1, namespaces, finalize, '', web",
    "GET, /api/v1/namespaces/web/pods, LIST, '', v1, pods, '', web, ''",
    "GET, /api/v1/namespaces/web/pods/web-0/log, GET, '', v1, pods, log, web, web-0",
    "HEAD, /apis/apps/v1/namespaces/web/statefulsets/db, GET, apps, v1, statefulsets, '', web, db",
    "PATCH, /apis/apps/v1/namespaces/web/statefulsets/db/scale, PATCH, apps, v1, statefulsets, scale, web, db",
    "DELETE, /api/v1/nodes/n, DELETE, '', v1, nodes, '', '', n",
    "DELETE, /api/v1/namespaces/web/pods, DELETECOLLECTION, '', v1, pods, '', web, ''",
    "GET, /api/v1/watch/namespaces/web/pods, WATCH, '', v1, pods, '', web, ''",
    "POST, /api/v1/namespaces/web/pods/, CREATE, '', v1, pods, '', web, ''"
  })
  void aPathNamesItsTarget(
      String method,
      String uri,
      Verb verb,
      String group,
      String version,
      String resource,
      String subresource,
      String namespace,
      String name) {
    var request = ApiRequest.get(uri, User.ANONYMOUS);
    assertThat(Target.parse(method, request.path(), request.query()))
        .contains(new Target(verb, group, version, resource, subresource, namespace, name));
  }

  @ParameterizedTest
  @CsvSource({"/", "/api", "/api/v1", "/apis/apps", "/apis/apps/v1", "/version", "/apix/v1/pods"})
  void otherPathsHaveNone(String path) {
    assertThat(Target.parse("GET", path, Query.NONE)).isEmpty();
  }

  @Test
  void unknownMethodsAreRefused() {
    assertThatThrownBy(() -> Target.parse("BREW", "/api/v1/pods", Query.NONE))
        .isInstanceOf(ApiException.class);
  }
}
