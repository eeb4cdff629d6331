package io.ordinal.testing;

import static io.ordinal.platform.why.facts.Cause.*;

import io.ordinal.platform.why.facts.Cause;
import java.util.List;
import java.util.stream.Stream;

/// Faults of claims, and of the volumes that they want.
final class FaultsOfClaims {

  private static final String BY_HAND =
      """
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: hand}
      provisioner: kubernetes.io/no-provisioner
      """;
  private static final String AT_FIRST_USE = BY_HAND + "volumeBindingMode: WaitForFirstConsumer\n";
  private static final String VOLUME =
      """
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: disk}
      spec:
        storageClassName: hand
        capacity: {storage: %s}
        accessModes: [%s]
        hostPath: {path: /disk}
      """;
  private static final String GOOD_VOLUME = VOLUME.formatted("5Gi", "ReadWriteOnce");
  private static final String ELSEWHERE =
      GOOD_VOLUME
          + "  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: ["
          + "{key: kubernetes.io/hostname, operator: In, values: [node-9]}]}]}}\n";

  private FaultsOfClaims() {}

  static List<Fault> all() {
    return Stream.of(ofClasses(), ofVolumes(), alone(), inUse()).flatMap(List::stream).toList();
  }

  private static List<Fault> ofClasses() {
    return List.of(
        claiming("no such class", CLASS_MISSING, "storageClassName: fast,"),
        claiming("no class, no default", NO_CLASS, "")
            .before(
                world -> world.admin.storage().v1().storageClasses().withName("standard").delete()),
        byHand("no volume made by hand", NO_VOLUME, BY_HAND),
        byHand(
            "the provisioner does not run",
            PROVISIONER_SILENT,
            BY_HAND.replace("kubernetes.io/no-provisioner", "example.com/disk")));
  }

  private static List<Fault> ofVolumes() {
    return List.of(
        byHand(
            "the volume is too small",
            VOLUMES_TOO_SMALL,
            BY_HAND + "---\n" + VOLUME.formatted("1Mi", "ReadWriteOnce")),
        byHand(
            "the volume is read-only",
            ACCESS_MODES,
            BY_HAND + "---\n" + VOLUME.formatted("5Gi", "ReadOnlyMany")),
        byHand("the claim's volume is elsewhere", VOLUME_ELSEWHERE, BY_HAND + "---\n" + ELSEWHERE),
        byHand("all volumes are elsewhere", NO_VOLUME_THERE, AT_FIRST_USE + "---\n" + ELSEWHERE));
  }

  private static List<Fault> alone() {
    return List.of(
        alone("a claim that nobody uses", WAITS_FOR_CONSUMER, "", ""),
        alone(
            "a claim names a volume that is not there", VOLUME_MISSING, "", "volumeName: nowhere,"),
        alone("a claim names another's volume", VOLUME_TAKEN, "", "volumeName: disk,")
            .given(GOOD_VOLUME + "  claimRef: {namespace: default, name: other}\n"),
        alone("a claim names a volume that does not fit", CLAIM_PENDING, "", "volumeName: disk,")
            .given(GOOD_VOLUME),
        alone(
            "a claim was bound to what is gone",
            CLAIM_LOST,
            "annotations: {pv.kubernetes.io/bind-completed: 'yes'},",
            "volumeName: nowhere,"),
        alone("a finalizer keeps a claim", CLAIM_ENDING, "finalizers: [example.com/backup],", "")
            .then(world -> Fault.claims(world).withName("data").delete())
            .then(World::settle));
  }

  private static List<Fault> inUse() {
    return List.of(
        claiming("a claim whose pod has no node", NODE_SELECTOR, "")
            .also(WAITS_FOR_POD)
            .pod("nodeSelector: {disk: ssd}")
            .asks("persistentvolumeclaim/data-web-0"),
        claiming("a claim whose pod waits for its scheduler", WAITS_FOR_POD, "")
            .pod("schedulerName: mine")
            .asks("persistentvolumeclaim/data-web-0"),
        claiming("a claim is deleted while in use", CLAIM_IN_USE, "")
            .then(world -> Fault.claims(world).withName("data-web-0").delete())
            .then(World::settle)
            .asks("persistentvolumeclaim/data-web-0"),
        Fault.of("the pod's claim does not exist", CLAIM_MISSING)
            .pod("volumes: [{name: data, persistentVolumeClaim: {claimName: nobody}}]"));
  }

  /// A set whose pod has the claim `data-web-0`.
  static Fault claiming(String title, Cause cause, String spec) {
    return Fault.of(title, cause)
        .set(
            "volumeClaimTemplates: [{metadata: {name: data}, spec: {%s accessModes: [ReadWriteOnce],"
                    .formatted(spec)
                + " resources: {requests: {storage: 1Gi}}}}]");
  }

  private static Fault byHand(String title, Cause cause, String given) {
    return claiming(title, cause, "storageClassName: hand,").given(given);
  }

  /// The claim `data`, and no set.
  private static Fault alone(String title, Cause cause, String metadata, String spec) {
    return Fault.of(title, cause)
        .withoutSet()
        .given(
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {%s name: data, namespace: default}
            spec: {%s accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """
                .formatted(metadata, spec))
        .asks("persistentvolumeclaim/data");
  }
}
