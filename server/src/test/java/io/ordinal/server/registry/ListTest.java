package io.ordinal.server.registry;

import static io.ordinal.server.registry.Api.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.tree.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Lists: order, pages, versions, selectors (contract B1, B4, B6).
class ListTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private final Api api = new Api();

  @BeforeEach
  void fill() {
    for (var name : new String[] {"e", "b", "d", "a", "c"}) {
      api.post(
          MAPS, "{'metadata':{'name':'" + name + "','labels':{'is':'" + name + "','all':''}}}");
    }
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void itemsComeByNamespaceAndName() {
    api.post("/api/v1/namespaces/kube-system/configmaps", "{'metadata':{'name':'0'}}");
    assertThat(api.names(MAPS)).containsExactly("a", "b", "c", "d", "e");
    assertThat(api.names("/api/v1/configmaps")).containsExactly("a", "b", "c", "d", "e", "0");
    var list = api.many(MAPS);
    assertThat(list.kind()).isEqualTo("ConfigMapList");
    assertThat(list.apiVersion()).isEqualTo("v1");
    assertThat(list.resourceVersion()).isEqualTo(api.store.revision());
  }

  @Test
  void allPagesShowTheSameRevision() {
    var first = api.many(MAPS + "?limit=2");
    assertThat(first.remaining()).hasValue(3);
    api.delete(MAPS + "/c");
    api.post(MAPS, "{'metadata':{'name':'f'}}");
    var second = api.many(MAPS + "?limit=2&continue=" + first.continueToken());
    assertThat(second.resourceVersion()).isEqualTo(first.resourceVersion());
    assertThat(second.items().stream().map(i -> Metadata.name(Json.parse(i))))
        .containsExactly("c", "d");
    var last = api.many(MAPS + "?limit=2&continue=" + second.continueToken());
    assertThat(last.continueToken()).isEmpty();
    assertThat(last.remaining()).isEmpty();
    assertThat(last.items()).hasSize(1);
  }

  @Test
  void aCompactedPageOffersToGoOnInconsistently() {
    var first = api.many(MAPS + "?limit=2");
    api.post(MAPS, "{'metadata':{'name':'f'}}");
    api.store.compact(api.store.revision());
    var status = Api.refusal(() -> api.many(MAPS + "?limit=2&continue=" + first.continueToken()));
    assertThat(status.code()).isEqualTo(410);
    assertThat(status.reason()).isEqualTo("Expired");
    var rest = api.names(MAPS + "?continue=" + status.continueToken());
    assertThat(rest).containsExactly("c", "d", "e", "f");
  }

  @Test
  void pagesWithSelectorsCountNothing() {
    var first = api.many(MAPS + "?limit=1&labelSelector=is+in+(b,d)");
    assertThat(first.remaining()).isEmpty();
    assertThat(first.continueToken()).isNotEmpty();
    var next =
        api.many(MAPS + "?limit=1&labelSelector=is+in+(b,d)&continue=" + first.continueToken());
    assertThat(at(Json.parse(next.items().getFirst()), "metadata.name")).isEqualTo("d");
  }

  @Test
  void labelsSelect() {
    assertThat(api.names(MAPS + "?labelSelector=is=a")).containsExactly("a");
    assertThat(api.names(MAPS + "?labelSelector=is!%3Da,is+notin+(b,c)")).containsExactly("d", "e");
    assertThat(api.names(MAPS + "?labelSelector=all,!none")).hasSize(5);
    assertThat(api.names(MAPS + "?labelSelector=none")).isEmpty();
    assertThat(Api.refusal(() -> api.list(MAPS + "?labelSelector=a+b")).code()).isEqualTo(400);
  }

  @Test
  void fieldsSelect() {
    assertThat(api.names(MAPS + "?fieldSelector=metadata.name=a")).containsExactly("a");
    assertThat(api.names(MAPS + "?fieldSelector=metadata.name!=a"))
        .containsExactly("b", "c", "d", "e");
    assertThat(api.names("/api/v1/configmaps?fieldSelector=metadata.namespace=default")).hasSize(5);
    assertThat(api.names("/api/v1/namespaces?fieldSelector=status.phase=Active"))
        .contains("default");
    assertThat(Api.refusal(() -> api.list(MAPS + "?fieldSelector=spec.x=a")).message())
        .isEqualTo("field label not supported: spec.x");
  }

  @Test
  void resourceVersionsFollowTheTable() {
    var old = api.store.revision();
    api.post(MAPS, "{'metadata':{'name':'f'}}");
    var future = api.store.revision() + 5;
    assertThat(api.names(MAPS + "?resourceVersion=0&limit=2")).hasSize(6);
    assertThat(api.names(MAPS + "?resourceVersion=" + old)).hasSize(6);
    assertThat(api.names(MAPS + "?resourceVersionMatch=NotOlderThan&resourceVersion=" + old))
        .hasSize(6);
    assertThat(api.names(MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + old)).hasSize(5);
    assertThat(api.many(MAPS + "?limit=2&resourceVersion=" + old).resourceVersion()).isEqualTo(old);
    assertThat(code(MAPS + "?resourceVersionMatch=Exact")).isEqualTo(422);
    assertThat(code(MAPS + "?resourceVersionMatch=Exact&resourceVersion=0")).isEqualTo(422);
    assertThat(code(MAPS + "?resourceVersionMatch=Perhaps&resourceVersion=1")).isEqualTo(422);
    assertThat(code(MAPS + "?resourceVersion=x")).isEqualTo(400);
    assertThat(code(MAPS + "?resourceVersion=" + future)).isEqualTo(504);
    assertThat(code(MAPS + "/a?resourceVersion=" + future)).isEqualTo(504);
    var token = api.many(MAPS + "?limit=2").continueToken();
    assertThat(code(MAPS + "?resourceVersion=1&continue=" + token)).isEqualTo(400);
    assertThat(code(MAPS + "?continue=rubbish")).isEqualTo(400);
    api.store.compact(api.store.revision());
    assertThat(code(MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + old)).isEqualTo(410);
  }

  private int code(String path) {
    return Api.refusal(() -> api.call("GET", path, "", "")).code();
  }
}
