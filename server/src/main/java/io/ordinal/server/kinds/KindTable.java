package io.ordinal.server.kinds;

import static io.ordinal.server.registry.Kind.cluster;
import static io.ordinal.server.registry.Kind.namespaced;

import io.ordinal.schema.Gvk;
import io.ordinal.server.Verb;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Kinds;
import io.ordinal.server.registry.Subresource;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.validation.RoleRules;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// The kinds that are built in (contract I), in the order in which discovery shows them.
public final class KindTable {
  private KindTable() {}

  /// All of them.
  public static Kinds of(ServiceAddresses addresses, InstantSource clock) {
    return new Kinds(
        Stream.of(
                core(addresses),
                pods(clock),
                storageOfCore(),
                limits(),
                groups(),
                roles(),
                others())
            .flatMap(List::stream)
            .toList());
  }

  private static List<Kind> core(ServiceAddresses addresses) {
    return List.of(
        cluster("v1", "Namespace", "namespaces")
            .called("ns")
            .without(Verb.DELETECOLLECTION)
            .withStatus()
            .with(Finalize.subresource())
            .ruledBy(new NamespaceStrategy()),
        cluster("v1", "Node", "nodes").called("no").withStatus().ruledBy(new NodeStrategy()),
        ServiceStrategy.kind(addresses),
        namespaced("v1", "Endpoints", "endpoints").called("ep").ruledBy(new EndpointsStrategy()),
        namespaced("v1", "ConfigMap", "configmaps").called("cm").ruledBy(new ConfigMapStrategy()),
        namespaced("v1", "Secret", "secrets").ruledBy(new SecretStrategy()),
        namespaced("v1", "ServiceAccount", "serviceaccounts")
            .called("sa")
            .with(
                Subresource.elsewhere(
                    "token", Gvk.of("authentication.k8s.io/v1", "TokenRequest"), Verb.CREATE))
            .ruledBy(
                PlainStrategy.of(TableColumn.NAME, TableColumn.AGE)
                    .with(Trait.DELETE_ANSWERS_OBJECT)),
        namespaced("v1", "Event", "events").called("ev").ruledBy(EventStrategy.core()));
  }

  private static List<Kind> pods(InstantSource clock) {
    var binding = new Binding(clock);
    return List.of(
        namespaced("v1", "Pod", "pods")
            .called("po")
            .in("all")
            .withStatus()
            .with(
                binding.subresource(),
                new Eviction(clock).subresource(),
                Subresource.elsewhere("log", Gvk.of("v1", "Pod"), Verb.GET),
                Subresource.elsewhere(
                    "attach", Gvk.of("v1", "PodAttachOptions"), Verb.CREATE, Verb.GET),
                Subresource.elsewhere(
                    "exec", Gvk.of("v1", "PodExecOptions"), Verb.CREATE, Verb.GET),
                Subresource.elsewhere(
                    "portforward", Gvk.of("v1", "PodPortForwardOptions"), Verb.CREATE, Verb.GET))
            .ruledBy(new PodStrategy()),
        binding.kind());
  }

  private static List<Kind> storageOfCore() {
    return List.of(
        namespaced("v1", "PersistentVolumeClaim", "persistentvolumeclaims")
            .called("pvc")
            .withStatus()
            .ruledBy(new ClaimStrategy()),
        cluster("v1", "PersistentVolume", "persistentvolumes")
            .called("pv")
            .withStatus()
            .ruledBy(new VolumeStrategy()));
  }

  private static List<Kind> limits() {
    return List.of(QuotaStrategy.kind(), LimitRangeStrategy.kind());
  }

  private static List<Kind> groups() {
    return List.of(
        namespaced("apps/v1", "StatefulSet", "statefulsets")
            .called("sts")
            .in("all")
            .withStatus()
            .with(Scales.subresource())
            .ruledBy(new StatefulSetStrategy()),
        namespaced("apps/v1", "ControllerRevision", "controllerrevisions")
            .ruledBy(new ControllerRevisionStrategy()),
        namespaced("events.k8s.io/v1", "Event", "events")
            .called("ev")
            .ruledBy(EventStrategy.grouped()),
        namespaced("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets")
            .called("pdb")
            .withStatus()
            .ruledBy(new DisruptionBudgetStrategy()));
  }

  private static List<Kind> roles() {
    var version = RoleRules.GROUP + "/v1";
    return List.of(
        namespaced(version, "Role", "roles").ruledBy(new RoleStrategy(true)),
        namespaced(version, "RoleBinding", "rolebindings").ruledBy(new RoleBindingStrategy(true)),
        cluster(version, "ClusterRole", "clusterroles").ruledBy(new RoleStrategy(false)),
        cluster(version, "ClusterRoleBinding", "clusterrolebindings")
            .ruledBy(new RoleBindingStrategy(false)));
  }

  private static List<Kind> others() {
    return List.of(
        cluster("storage.k8s.io/v1", "StorageClass", "storageclasses")
            .called("sc")
            .ruledBy(new StorageClassStrategy()),
        cluster("scheduling.k8s.io/v1", "PriorityClass", "priorityclasses")
            .called("pc")
            .ruledBy(new PriorityClassStrategy()),
        namespaced("coordination.k8s.io/v1", "Lease", "leases").ruledBy(new LeaseStrategy()),
        namespaced("discovery.k8s.io/v1", "EndpointSlice", "endpointslices")
            .ruledBy(new EndpointSliceStrategy()));
  }
}
