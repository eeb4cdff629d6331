package io.ordinal.platform.business;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.kube.Writer;
import io.ordinal.platform.business.NamespacePlan.Step;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The namespaces of one cluster. Whatever is asked of it fails as [Unreachable] when that is the
/// cluster's fault.
record ClusterNamespaces(KubernetesClient client, Writer writer) {

  static ClusterNamespaces of(KubernetesClient client) {
    return new ClusterNamespaces(client, new Writer(client));
  }

  Optional<Namespace> find(String name) {
    return asked(() -> Optional.ofNullable(client.namespaces().withName(name).get()));
  }

  Optional<ResourceQuota> quota(String name) {
    return asked(
        () -> Optional.ofNullable(client.resourceQuotas().inNamespace(name).withName(name).get()));
  }

  void delete(Namespace namespace) {
    asked(() -> {
      writer.delete(namespace);
      return true;
    });
  }

  void perform(String name, Step step) {
    asked(() -> {
      performed(name, step);
      return true;
    });
  }

  private void performed(String name, Step step) {
    switch (step) {
      case Step.MakeNamespace(Map<String, String> labels) ->
          writer.createIfAbsent(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .withLabels(labels)
                  .endMetadata()
                  .build());
      case Step.Label(Namespace namespace, Map<String, String> labels) ->
          writer.merge(namespace, Map.of("metadata", Map.of("labels", labels)));
      case Step.MakeQuota(var labels, var hard) ->
          writer.createIfAbsent(
              new ResourceQuotaBuilder()
                  .withNewMetadata()
                  .withNamespace(name)
                  .withName(name)
                  .withLabels(labels)
                  .endMetadata()
                  .withNewSpec()
                  .withHard(hard)
                  .endSpec()
                  .build());
      case Step.ChangeQuota(var quota, var labels, var hard) ->
          writer.replace(
              new ResourceQuotaBuilder(quota)
                  .editMetadata()
                  .addToLabels(labels)
                  .endMetadata()
                  .editOrNewSpec()
                  .withHard(hard)
                  .endSpec()
                  .build());
      case Step.DeleteQuota(ResourceQuota quota) -> writer.delete(quota);
    }
  }

  private static <T> T asked(Supplier<T> call) {
    try {
      return call.get();
    } catch (KubernetesClientException e) {
      throw Unreachable.of(e);
    }
  }
}
