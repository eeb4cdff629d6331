package io.ordinal.node;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The node's sign of life: its Lease in kube-node-lease, renewed every 10 s and good for 40 s.
final class NodeLease implements Pace.Task {
  private static final Logger log = LoggerFactory.getLogger(NodeLease.class);
  private static final String NAMESPACE = "kube-node-lease";
  private static final Duration RENEW = Duration.ofSeconds(10);
  private static final int GOOD_FOR_SECONDS = 40;

  private final KubernetesClient client;
  private final String name;
  private final InstantSource wall;
  private final InstantSource steady;
  private @Nullable Lease lease;

  NodeLease(KubernetesClient client, String name, NodeParts parts) {
    this.client = client;
    this.name = name;
    this.wall = parts.wall();
    this.steady = parts.steady();
  }

  @Override
  public Optional<Instant> step() {
    var now = steady.instant();
    try {
      lease = lease == null ? obtain() : renew(lease);
      return Optional.of(now.plus(RENEW));
    } catch (KubernetesClientException e) {
      log.debug("lease of node {}: {}", name, e.getMessage());
      lease = null;
      return Optional.of(now.plusSeconds(1));
    }
  }

  private Lease obtain() {
    var known = client.leases().inNamespace(NAMESPACE).withName(name).get();
    if (known != null) {
      return renew(known);
    }
    var builder =
        new LeaseBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity(name)
            .withLeaseDurationSeconds(GOOD_FOR_SECONDS)
            .withRenewTime(time())
            .endSpec();
    var node = client.nodes().withName(name).get();
    if (node != null) {
      builder
          .editMetadata()
          .addNewOwnerReference()
          .withApiVersion("v1")
          .withKind("Node")
          .withName(name)
          .withUid(node.getMetadata().getUid())
          .endOwnerReference()
          .endMetadata();
    }
    return client.leases().inNamespace(NAMESPACE).resource(builder.build()).create();
  }

  private Lease renew(Lease known) {
    try {
      var renewed = new LeaseBuilder(known).editSpec().withRenewTime(time()).endSpec().build();
      return client.leases().inNamespace(NAMESPACE).resource(renewed).update();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        var fresh = client.leases().inNamespace(NAMESPACE).withName(name).get();
        if (fresh != null) return fresh;
      }
      throw e;
    }
  }

  private ZonedDateTime time() {
    return wall.instant().atZone(ZoneOffset.UTC);
  }
}
