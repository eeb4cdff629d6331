package io.ordinal.controllers;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.controllers.account.NamespaceBasics;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.controllers.disruption.DisruptionController;
import io.ordinal.controllers.endpoints.EndpointsController;
import io.ordinal.controllers.expiry.EventExpiry;
import io.ordinal.controllers.garbage.GarbageCollector;
import io.ordinal.controllers.namespace.NamespaceController;
import io.ordinal.controllers.nodes.NodeLifecycle;
import io.ordinal.controllers.nodes.PodGarbage;
import io.ordinal.controllers.nodes.TaintEviction;
import io.ordinal.controllers.quota.QuotaController;
import io.ordinal.controllers.roles.ClusterRoleAggregation;
import io.ordinal.controllers.scheduler.Scheduler;
import io.ordinal.controllers.statefulset.SetReadings;
import io.ordinal.controllers.statefulset.StatefulSets;
import io.ordinal.controllers.volume.FreshClasses;
import io.ordinal.controllers.volume.LocalProvisioner;
import io.ordinal.controllers.volume.Protection;
import io.ordinal.controllers.volume.VolumeBinder;
import io.ordinal.kube.Informers;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All of Kubernetes' controllers that Ordinal has, and the scheduler, on one set of informers.
///
/// They run in one of two ways: [#start] gives them threads, or somebody calls [#step] again and
/// again, which is how a simulation plays them by a seed.
public final class Controllers implements AutoCloseable {
  /// Kinds that some controller follows with whole objects.
  private static final Set<Class<? extends HasMetadata>> FOLLOWED =
      Set.of(
          ClusterRole.class,
          ControllerRevision.class,
          Endpoints.class,
          EndpointSlice.class,
          Lease.class,
          Namespace.class,
          Node.class,
          PersistentVolume.class,
          PersistentVolumeClaim.class,
          Pod.class,
          PodDisruptionBudget.class,
          ResourceQuota.class,
          Service.class,
          StatefulSet.class,
          StorageClass.class);

  private final Informers informers;
  private final ControllerContext context;
  private final SetReadings sets;
  private boolean synced;
  private @Nullable Thread starting;

  private Controllers(Informers informers, ControllerContext context, SetReadings sets) {
    this.informers = informers;
    this.context = context;
    this.sets = sets;
  }

  /// Makes the controllers without running them.
  ///
  /// @param clientFor the client of a part by its name: `kube-scheduler`, `kube-controller-manager`
  ///   for the informers that all share, and the names of upstream's service accounts in
  ///   kube-system
  /// @param wall gives the times that objects carry
  /// @param steady never jumps; queues, leases and periods are measured by it
  public static Controllers create(
      Function<String, KubernetesClient> clientFor,
      ControllersConfig config,
      Clock wall,
      Clock steady,
      RandomGenerator random) {
    return create(clientFor, config, wall, steady, random, Runnable::run);
  }

  /// `executor` runs what a controller does at the same time.
  private static Controllers create(
      Function<String, KubernetesClient> clientFor,
      ControllersConfig config,
      Clock wall,
      Clock steady,
      RandomGenerator random,
      Executor executor) {
    var informers = new Informers(clientFor.apply("kube-controller-manager"), steady, random);
    var context = new ControllerContext(clientFor, informers, wall, steady, random);
    new NamespaceBasics(context, config.rootCa());
    new ClusterRoleAggregation(context);
    new FreshClasses(context);
    new VolumeBinder(context);
    new LocalProvisioner(context, config.directories());
    new Protection(context);
    var sets = new StatefulSets(context, executor);
    new Scheduler(context);
    new EndpointsController(context);
    new NodeLifecycle(context);
    new TaintEviction(context);
    new DisruptionController(context);
    new QuotaController(context, FOLLOWED);
    new GarbageCollector(context, FOLLOWED);
    new NamespaceController(context);
    new PodGarbage(context);
    new EventExpiry(context);
    return new Controllers(informers, context, sets.readings());
  }

  /// Makes the controllers and runs them on threads of their own. It returns at once: they begin
  /// when their informers have seen everything.
  public static Controllers start(
      Function<String, KubernetesClient> clientFor,
      ControllersConfig config,
      Clock wall,
      Clock steady,
      RandomGenerator random) {
    Executor threads = Thread::startVirtualThread;
    var controllers = create(clientFor, config, wall, steady, random, threads);
    controllers.start();
    return controllers;
  }

  private synchronized void start() {
    informers.start();
    starting = informers.whenSynced("controllers-start", context::start);
  }

  /// One bounded piece of work of each informer and controller that has some; whether there was
  /// any. Not to be mixed with [#start].
  public boolean step() {
    boolean worked = informers.step();
    synced = synced || informers.synced();
    boolean acted = synced && context.step();
    return worked || acted;
  }

  /// When somebody here wants to look again, by the steady clock; a simulation turns it there.
  public Optional<Instant> nextDue() {
    return Stream.of(informers.nextDue(), context.nextDue())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /// What the controllers know, for those who watch them.
  public Informers informers() {
    return informers;
  }

  /// What is known of the StatefulSets' availability, for those who measure it.
  public SetReadings sets() {
    return sets;
  }

  @Override
  public synchronized void close() {
    if (starting != null) {
      starting.interrupt();
    }
    context.close();
    informers.close();
  }
}
