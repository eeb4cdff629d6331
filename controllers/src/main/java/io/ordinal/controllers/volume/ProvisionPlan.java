package io.ordinal.controllers.volume;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.ordinal.kube.Conditions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the provisioner of local volumes does for a claim, decided from values.
sealed interface ProvisionPlan {
  /// Not ours, or not yet, or done.
  record Nothing() implements ProvisionPlan {}

  /// A volume is to be made on a node.
  record Make(StorageClass storageClass, Node node) implements ProvisionPlan {}

  /// The node that was selected does not exist: the scheduler must choose again.
  record ForgetNode() implements ProvisionPlan {}

  /// It cannot be done; the event ProvisioningFailed says why.
  record Refuse(String reason) implements ProvisionPlan {}

  /// The claim has been asked to grow, and the volume with it.
  record Grow(PersistentVolume volume, Quantity capacity) implements ProvisionPlan {}

  /// @param named the volume that the claim names
  /// @param promised whether some volume already names the claim
  /// @param load how many local volumes each node has, by the node's name
  record Observed(
      PersistentVolumeClaim claim,
      Optional<StorageClass> storageClass,
      Optional<PersistentVolume> named,
      boolean promised,
      List<Node> nodes,
      Map<String, Long> load) {}

  static ProvisionPlan of(Observed seen) {
    PersistentVolumeClaim claim = seen.claim();
    var storageClass =
        seen.storageClass().filter(c -> LocalProvisioner.NAME.equals(c.getProvisioner()));
    if (storageClass.isEmpty() || claim.getMetadata().getDeletionTimestamp() != null) {
      return new Nothing();
    }
    if (!Claims.volumeName(claim).isEmpty()) {
      return grow(seen, storageClass.get());
    }
    if (seen.promised()) {
      return new Nothing();
    }
    var selected = Claims.selectedNode(claim);
    if (Claims.waitsForConsumer(storageClass.get()) && selected.isEmpty()) {
      return new Nothing();
    }
    return refusal(claim)
        .<ProvisionPlan>map(Refuse::new)
        .orElseGet(() ->
            selected
                .map(name -> on(name, seen, storageClass.get()))
                .orElseGet(() -> anywhere(seen, storageClass.get())));
  }

  private static Optional<String> refusal(PersistentVolumeClaim claim) {
    if (claim.getSpec().getSelector() != null) {
      return Optional.of("claim.spec.selector is not supported by provisioned volumes");
    }
    if ("Block".equals(claim.getSpec().getVolumeMode())) {
      return Optional.of("a local volume is a directory: volumeMode Block is not supported");
    }
    return claim.getSpec().getDataSource() == null && claim.getSpec().getDataSourceRef() == null
        ? Optional.empty()
        : Optional.of("a local volume starts empty: dataSource is not supported");
  }

  private static ProvisionPlan on(String name, Observed seen, StorageClass storageClass) {
    return seen.nodes().stream()
        .filter(n -> n.getMetadata().getName().equals(name))
        .findFirst()
        .<ProvisionPlan>map(n -> new Make(storageClass, n))
        .orElse(new ForgetNode());
  }

  /// The node with the fewest volumes, of those that take pods.
  private static ProvisionPlan anywhere(Observed seen, StorageClass storageClass) {
    return seen.nodes().stream()
        .filter(n -> !Boolean.TRUE.equals(n.getSpec().getUnschedulable()))
        .filter(n -> Conditions.isTrue(n, "Ready"))
        .filter(n -> allows(storageClass, n))
        .min(
            Comparator.<Node>comparingLong(
                    n -> seen.load().getOrDefault(n.getMetadata().getName(), 0L))
                .thenComparing(n -> n.getMetadata().getName()))
        .<ProvisionPlan>map(n -> new Make(storageClass, n))
        .orElse(new Refuse("no node is ready for a volume"));
  }

  private static boolean allows(StorageClass storageClass, Node node) {
    var topologies = storageClass.getAllowedTopologies();
    var labels = node.getMetadata().getLabels();
    return topologies.isEmpty()
        || topologies.stream()
            .anyMatch(t ->
                t.getMatchLabelExpressions().stream()
                    .allMatch(e -> e.getValues().contains(labels.get(e.getKey()))));
  }

  private static ProvisionPlan grow(Observed seen, StorageClass storageClass) {
    return seen.named()
        .filter(LocalProvisioner::isOurs)
        .filter(_ -> Boolean.TRUE.equals(storageClass.getAllowVolumeExpansion()))
        .filter(v -> Claims.refersTo(v, seen.claim()))
        .filter(v -> Claims.requested(seen.claim()) > VolumeMatch.capacity(v))
        .<ProvisionPlan>map(v -> new Grow(v, Claims.request(seen.claim())))
        .orElse(new Nothing());
  }
}
