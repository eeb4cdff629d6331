package io.ordinal.controllers.volume;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.kube.Conditions;
import io.ordinal.kube.Events;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.WorkQueue;
import io.ordinal.kube.Writer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes volumes of directories on this machine, and removes them when their policy says so.
///
/// The volume's object carries a finalizer of ours: the object outlives its data, so that nothing
/// is ever forgotten on the disk and nothing is removed that some object still stands for.
public final class LocalProvisioner {
  /// What storage classes call it.
  public static final String NAME = "ordinal.io/local";

  static final String FINALIZER = "ordinal.io/local-volume";
  private static final String HOSTNAME = "kubernetes.io/hostname";
  private static final String BY_NODE = "local-node";

  private final KubernetesClient client;
  private final VolumeDirectories directories;
  private final Writer writer;
  private final Events events;
  private final Informer<PersistentVolumeClaim> claims;
  private final Informer<PersistentVolume> volumes;
  private final Informer<StorageClass> classes;
  private final Informer<Node> nodes;
  private final WorkQueue<ObjectKey> claimQueue;

  /// Adds the provisioner to the context's controllers.
  public LocalProvisioner(ControllerContext context, VolumeDirectories directories) {
    this.directories = directories;
    client = context.client("local-provisioner");
    writer = new Writer(client);
    events = context.events("ordinal.io/local", client);
    claims = context.informer(PersistentVolumeClaim.class);
    volumes = context.informer(PersistentVolume.class);
    classes = context.informer(StorageClass.class);
    nodes = context.informer(Node.class);
    claimQueue = context.controller("local-provisioner", this::reconcileClaim, 2);
    var volumeQueue = context.controller("local-eraser", this::reconcileVolume, 2);
    volumes.addIndex(VolumeBinder.BY_CLAIM_REF, LocalProvisioner::claimKey);
    volumes.addIndex(BY_NODE, v -> isOurs(v) ? hostsOf(v) : List.of());
    claims.onChange((_, after) -> look(after));
    volumes.onChange((_, after) -> {
      if (after != null) {
        volumeQueue.add(ObjectKey.of(after));
      }
    });
    classes.onChange((_, _) -> lookAtUnbound());
    nodes.onChange(this::nodeChanged);
  }

  static boolean isOurs(PersistentVolume volume) {
    return NAME.equals(volume.getMetadata().getAnnotations().get(Claims.PROVISIONED_BY));
  }

  private static List<String> claimKey(PersistentVolume volume) {
    var ref = volume.getSpec().getClaimRef();
    return ref == null
        ? List.of()
        : List.of(new ObjectKey(ref.getNamespace(), ref.getName()).toString());
  }

  private static List<String> hostsOf(PersistentVolume volume) {
    var affinity = volume.getSpec().getNodeAffinity();
    return affinity == null || affinity.getRequired() == null
        ? List.of()
        : affinity.getRequired().getNodeSelectorTerms().stream()
            .flatMap(t -> t.getMatchExpressions().stream())
            .filter(e -> HOSTNAME.equals(e.getKey()))
            .flatMap(e -> e.getValues().stream())
            .toList();
  }

  private void look(@Nullable PersistentVolumeClaim claim) {
    if (claim != null) {
      claimQueue.add(ObjectKey.of(claim));
    }
  }

  private void lookAtUnbound() {
    claims.list().stream().filter(c -> Claims.volumeName(c).isEmpty()).forEach(this::look);
  }

  private void nodeChanged(@Nullable Node before, @Nullable Node after) {
    if (before == null
        || after == null
        || !before.getSpec().equals(after.getSpec())
        || readyNow(before, after)) {
      lookAtUnbound();
    }
  }

  private static boolean readyNow(Node before, Node after) {
    return !Conditions.isTrue(before, "Ready") && Conditions.isTrue(after, "Ready");
  }

  private Outcome reconcileClaim(ObjectKey key) throws IOException {
    var claim = claims.get(key);
    if (claim.isPresent()) {
      perform(claim.get(), ProvisionPlan.of(observed(key, claim.get())));
    }
    return Outcome.DONE;
  }

  private ProvisionPlan.Observed observed(ObjectKey key, PersistentVolumeClaim claim) {
    boolean promised =
        volumes.by(VolumeBinder.BY_CLAIM_REF, key.toString()).stream()
            .anyMatch(v -> Claims.refersTo(v, claim));
    return new ProvisionPlan.Observed(
        claim,
        classes.get(new ObjectKey("", Claims.className(claim))),
        volumes.get(new ObjectKey("", Claims.volumeName(claim))),
        promised,
        nodes.list(),
        load());
  }

  private Map<String, Long> load() {
    Map<String, Long> load = new HashMap<>();
    for (Node node : nodes.list()) {
      load.put(node.getMetadata().getName(), (long) volumes.by(BY_NODE, hostname(node)).size());
    }
    return load;
  }

  private static String hostname(Node node) {
    return node.getMetadata().getLabels().getOrDefault(HOSTNAME, node.getMetadata().getName());
  }

  private void perform(PersistentVolumeClaim claim, ProvisionPlan plan) throws IOException {
    switch (plan) {
      case ProvisionPlan.Nothing _ -> {}
      case ProvisionPlan.ForgetNode _ -> {
        Map<String, @Nullable String> nobody = new HashMap<>();
        nobody.put(Claims.SELECTED_NODE, null);
        writer.annotate(claim, nobody);
      }
      case ProvisionPlan.Refuse(var reason) ->
          events.warning(claim, "ProvisioningFailed", "failed to provision volume: " + reason);
      case ProvisionPlan.Make(var storageClass, var node) -> make(claim, storageClass, node);
      case ProvisionPlan.Grow(var volume, var capacity) -> {
        writer.merge(volume, Map.of("spec", Map.of("capacity", Map.of("storage", capacity))));
        events.normal(claim, "VolumeResizeSuccessful", "Resize volume succeeded");
      }
    }
  }

  private void make(PersistentVolumeClaim claim, StorageClass storageClass, Node node)
      throws IOException {
    String name = VolumeNames.forClaim(claim.getMetadata().getUid());
    directories.create(name);
    if (writer.createIfAbsent(volume(name, claim, storageClass, node)).isPresent()) {
      events.normal(claim, "ProvisioningSucceeded", "Successfully provisioned volume " + name);
    }
  }

  private PersistentVolume volume(
      String name, PersistentVolumeClaim claim, StorageClass storageClass, Node node) {
    Quantity size = Claims.request(claim);
    return new PersistentVolumeBuilder()
        .withNewMetadata()
        .withName(name)
        .addToAnnotations(Claims.PROVISIONED_BY, NAME)
        .withFinalizers(Claims.VOLUME_PROTECTION, FINALIZER)
        .endMetadata()
        .withNewSpec()
        .addToCapacity("storage", size)
        .withAccessModes(claim.getSpec().getAccessModes())
        .withClaimRef(Claims.reference(claim))
        .withPersistentVolumeReclaimPolicy(
            Objects.requireNonNullElse(storageClass.getReclaimPolicy(), "Delete"))
        .withStorageClassName(storageClass.getMetadata().getName())
        .withMountOptions(storageClass.getMountOptions())
        .withVolumeMode("Filesystem")
        .withNewLocal()
        .withPath(directories.pathOf(name))
        .endLocal()
        .withNewNodeAffinity()
        .withNewRequired()
        .addNewNodeSelectorTerm()
        .addNewMatchExpression()
        .withKey(HOSTNAME)
        .withOperator("In")
        .withValues(hostname(node))
        .endMatchExpression()
        .endNodeSelectorTerm()
        .endRequired()
        .endNodeAffinity()
        .endSpec()
        .build();
  }

  private Outcome reconcileVolume(ObjectKey key) throws IOException {
    var volume = volumes.get(key);
    if (volume.isPresent() && isOurs(volume.get())) {
      perform(volume.get());
    }
    return Outcome.DONE;
  }

  private void perform(PersistentVolume volume) throws IOException {
    switch (plan(volume)) {
      case NOTHING -> {}
      case CONDEMN -> writer.deleteUnchanged(volume);
      case LET_GO -> letGo(volume);
      case ERASE -> eraseIfStillMeant(volume);
      case DISOWN ->
          events.warning(
              volume,
              "VolumeFailedDelete",
              "the volume's data is not where %s puts data: it is left alone".formatted(NAME));
    }
  }

  private ErasePlan plan(PersistentVolume volume) {
    String uid =
        volume.getSpec().getClaimRef() == null
            ? ""
            : Claims.orEmpty(volume.getSpec().getClaimRef().getUid());
    String name = volume.getMetadata().getName();
    boolean named = !uid.isEmpty() && name.equals(VolumeNames.forClaim(uid));
    return ErasePlan.of(volume, named ? directories.pathOf(name) : "");
  }

  /// The cache may be behind somebody who has just chosen to keep the data: the server is asked.
  private void eraseIfStillMeant(PersistentVolume cached) throws IOException {
    var now = client.resource(cached).get();
    if (now == null || plan(now) != ErasePlan.ERASE) {
      return;
    }
    directories.erase(now.getMetadata().getName());
    letGo(now);
  }

  private void letGo(PersistentVolume volume) {
    writer.merge(
        volume,
        Map.of(
            "metadata",
            Map.of(
                "finalizers",
                volume.getMetadata().getFinalizers().stream()
                    .filter(f -> !f.equals(FINALIZER))
                    .toList())));
  }
}
