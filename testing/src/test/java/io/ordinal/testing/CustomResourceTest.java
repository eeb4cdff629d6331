package io.ordinal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// A kind of one's own, by fabric8's client: defined, used, watched, collected, taken away.
@OrdinalCluster
class CustomResourceTest {
  static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: sizes.example.com
      spec:
        group: example.com
        scope: Namespaced
        names: {plural: sizes, singular: size, kind: Size, shortNames: [sz]}
        versions:
        - name: v1
          served: true
          storage: true
          subresources: {status: {}}
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    replicas: {type: integer, minimum: 0, default: 1}
                status:
                  type: object
                  properties:
                    ready: {type: boolean}
      """;

  @Test
  void aKindOfOnesOwnLives(KubernetesClient client, TestCluster cluster) {
    define(client, cluster);
    var events = new CopyOnWriteArrayList<String>();
    try (var _ = sizes(client).inNamespace("default").watch(recorder(events))) {
      var created = client.resource(size("small", "default")).create();
      assertThat(created.<Integer>get("spec", "replicas")).isEqualTo(1);
      cluster.await(() -> events.contains("ADDED small"));
      sizes(client)
          .inNamespace("default")
          .withName("small")
          .editStatus(one -> {
            one.setAdditionalProperty("status", Map.of("ready", true));
            return one;
          });
      cluster.await(() -> events.contains("MODIFIED small"));
      assertThat(read(client, "default", "small").<Boolean>get("status", "ready")).isTrue();
      sizes(client).inNamespace("default").withName("small").delete();
      cluster.await(() -> events.contains("DELETED small"));
    }
  }

  @Test
  void itsOwnersAndNamespacesTakeItAlong(KubernetesClient client, TestCluster cluster) {
    define(client, cluster);
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName("team").endMetadata().build())
        .create();
    client.resource(size("lost", "team")).create();
    client.namespaces().withName("team").delete();
    cluster.await(() -> client.namespaces().withName("team").get() == null);
    assertThat(sizes(client).inNamespace("team").list().getItems()).isEmpty();

    var owner = client.resource(size("owner", "default")).create();
    client.resource(ownedBy(owner)).create();
    sizes(client).inNamespace("default").withName("owner").delete();
    cluster.await(() -> client.configMaps().inNamespace("default").withName("owned").get() == null);
  }

  @Test
  void itsDefinitionTakesItAlong(KubernetesClient client, TestCluster cluster) {
    var definition = define(client, cluster);
    client.resource(size("small", "default")).create();
    client.resource(definition).delete();
    cluster.await(() ->
        client.apiextensions().v1().customResourceDefinitions().withName("sizes.example.com").get()
            == null);
    define(client, cluster);
    assertThat(sizes(client).inNamespace("default").list().getItems()).isEmpty();
  }

  private static CustomResourceDefinition define(KubernetesClient client, TestCluster cluster) {
    var definitions = client.apiextensions().v1().customResourceDefinitions();
    definitions
        .resource(Serialization.unmarshal(DEFINITION, CustomResourceDefinition.class))
        .create();
    cluster.await(() ->
        definitions.withName("sizes.example.com").get().getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True")));
    return definitions.withName("sizes.example.com").get();
  }

  private static MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      sizes(KubernetesClient client) {
    return client.genericKubernetesResources("example.com/v1", "Size");
  }

  private static GenericKubernetesResource read(
      KubernetesClient client, String namespace, String name) {
    return sizes(client).inNamespace(namespace).withName(name).get();
  }

  private static GenericKubernetesResource size(String name, String namespace) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion("example.com/v1")
        .withKind("Size")
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .endMetadata()
        .withAdditionalProperties(Map.of("spec", Map.of()))
        .build();
  }

  private static ConfigMap ownedBy(GenericKubernetesResource owner) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("owned")
        .withNamespace("default")
        .addNewOwnerReference()
        .withApiVersion("example.com/v1")
        .withKind("Size")
        .withName("owner")
        .withUid(owner.getMetadata().getUid())
        .endOwnerReference()
        .endMetadata()
        .build();
  }

  private static Watcher<GenericKubernetesResource> recorder(List<String> events) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, GenericKubernetesResource resource) {
        events.add(action + " " + resource.getMetadata().getName());
      }

      @Override
      public void onClose(WatcherException cause) {
        events.add("CLOSED");
      }
    };
  }
}
