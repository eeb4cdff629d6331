package io.ordinal.node.network;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.ordinal.kube.Informer;
import io.ordinal.kube.Loop;
import io.ordinal.kube.ObjectKey;
import io.ordinal.node.machine.NetworkLayout;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the kernel's rules as Services, EndpointSlices and host ports want them. An event only
/// says which Service to look at; what changed since the last look goes to the kernel in one
/// transaction.
final class ServiceProxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceProxy.class);
  private static final String BY_SERVICE = "service";
  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  /// The first change is applied at once; what follows is gathered this long.
  private static final Duration GATHER = Duration.ofMillis(20);

  private static final Duration LOOK_AFTER_KERNEL = Duration.ofSeconds(30);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final NetworkLayout layout;
  private final Informer<Service> services;
  private final Informer<EndpointSlice> slices;
  private final BooleanSupplier heardAll;
  private final PacketFilter kernel;
  private final UdpConnections connections;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition somethingNew = lock.newCondition();
  private final Set<ObjectKey> touched = new LinkedHashSet<>();
  private final Map<String, RuleSet> hostPorts = new TreeMap<>();
  private boolean hostPortsTouched;
  private boolean closed;

  // Only the thread that steps changes these.
  private final Map<ObjectKey, RuleSet> parts = new TreeMap<>();
  private volatile Optional<RuleSet> applied = Optional.empty();

  ServiceProxy(
      NetworkLayout layout,
      ServiceInformers heard,
      PacketFilter kernel,
      UdpConnections connections) {
    this.layout = layout;
    this.services = heard.services();
    this.slices = heard.slices();
    this.heardAll = heard.heardAll();
    this.kernel = kernel;
    this.connections = connections;
    slices.addIndex(
        BY_SERVICE, slice -> serviceOf(slice).stream().map(ObjectKey::toString).toList());
    services.onChange((before, after) -> touch(before == null ? after : before));
    slices.onChange(this::touch);
    services.onAdvance(this::wake);
    slices.onAdvance(this::wake);
  }

  /// Runs [#step] on a virtual thread until this is closed.
  void start() {
    Loop.start("service-proxy", this::awaitAndStep);
  }

  private boolean awaitAndStep() throws InterruptedException {
    if (!awaitSomethingNew()) {
      return false;
    }
    try {
      if (hasWork()) {
        step();
        rest(GATHER);
      } else {
        lookAfterKernel();
      }
    } catch (IOException e) {
      LOG.error("the rules of Services cannot be applied: {}", e.getMessage());
      rest(PAUSE_AFTER_FAILURE);
    }
    return true;
  }

  /// Others flush rules that are not theirs, as a reload of the machine's own firewall does: then
  /// all are applied anew.
  void lookAfterKernel() throws IOException {
    var table = layout.footprint().table();
    if (applied.isPresent() && !kernel.has(table)) {
      LOG.warn("somebody removed the nftables table {}: it is made anew", table);
      applied = Optional.empty();
    }
  }

  /// Applies all that is new, once both informers have their first list.
  ///
  /// @return whether there was anything to do
  boolean step() throws IOException {
    if (!heardAll.getAsBoolean()) {
      return false;
    }
    var looks = takeTouched();
    if (looks.isEmpty() && applied.isPresent()) {
      return false;
    }
    looks.orElse(List.of()).forEach(this::look);
    var wanted = RuleSet.merge(allParts());
    var before = applied;
    applied = Optional.empty(); // until the kernel took it, nobody knows what it has
    var script =
        before
            .map(was -> NftScript.difference(layout.footprint(), was, wanted))
            .orElseGet(() -> NftScript.replace(layout, wanted));
    if (!script.isEmpty()) {
      kernel.apply(script);
      connections.forget(before.orElse(RuleSet.EMPTY), wanted);
    }
    applied = Optional.of(wanted);
    return true;
  }

  /// Whether the kernel has rules for everything heard so far.
  boolean settled() {
    lock.lock();
    try {
      return applied.isPresent() && touched.isEmpty() && !hostPortsTouched;
    } finally {
      lock.unlock();
    }
  }

  /// The host ports of a pod; none takes them back.
  void setHostPorts(String podUid, RuleSet rules) {
    lock.lock();
    try {
      var before =
          rules.equals(RuleSet.EMPTY) ? hostPorts.remove(podUid) : hostPorts.put(podUid, rules);
      if (!rules.equals(before == null ? RuleSet.EMPTY : before)) {
        hostPortsTouched = true;
        somethingNew.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      somethingNew.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// A Service that cannot be understood keeps the rules that it had and harms no other.
  private void look(ObjectKey key) {
    try {
      lookAt(key);
    } catch (RuntimeException e) {
      LOG.error("the rules of Service {} cannot be made", key, e);
    }
  }

  private void lookAt(ObjectKey key) {
    var rules =
        services
            .get(key)
            .map(service -> ServiceRules.of(layout, service, slices.by(BY_SERVICE, key.toString())))
            .orElse(RuleSet.EMPTY);
    if (rules.equals(RuleSet.EMPTY)) {
      parts.remove(key);
    } else {
      parts.put(key, rules);
    }
  }

  private Collection<RuleSet> allParts() {
    lock.lock();
    try {
      var all = new ArrayList<>(parts.values());
      all.addAll(hostPorts.values());
      return all;
    } finally {
      lock.unlock();
    }
  }

  /// The Services to look at; empty when nothing was touched.
  private Optional<List<ObjectKey>> takeTouched() {
    lock.lock();
    try {
      if (touched.isEmpty() && !hostPortsTouched) {
        return Optional.empty();
      }
      var keys = List.copyOf(touched);
      touched.clear();
      hostPortsTouched = false;
      return Optional.of(keys);
    } finally {
      lock.unlock();
    }
  }

  private void touch(@Nullable Service service) {
    if (service != null) {
      touch(ObjectKey.of(service));
    }
  }

  private void touch(@Nullable EndpointSlice before, @Nullable EndpointSlice after) {
    if (before != null) {
      serviceOf(before).ifPresent(this::touch);
    }
    if (after != null) {
      serviceOf(after).ifPresent(this::touch);
    }
  }

  private void touch(ObjectKey key) {
    lock.lock();
    try {
      touched.add(key);
      somethingNew.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static Optional<ObjectKey> serviceOf(EndpointSlice slice) {
    return Optional.ofNullable(slice.getMetadata().getLabels())
        .flatMap(labels -> Optional.ofNullable(labels.get(SERVICE_NAME)))
        .map(name -> new ObjectKey(slice.getMetadata().getNamespace(), name));
  }

  private void wake() {
    lock.lock();
    try {
      somethingNew.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for work, or until it is time to look after the kernel.
  ///
  /// @return false when this was closed
  private boolean awaitSomethingNew() throws InterruptedException {
    lock.lock();
    try {
      var left = LOOK_AFTER_KERNEL.toNanos();
      while (!closed && !hasWork() && left > 0) {
        left = somethingNew.awaitNanos(left);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasWork() {
    lock.lock();
    try {
      return heardAll.getAsBoolean()
          && (applied.isEmpty() || hostPortsTouched || !touched.isEmpty());
    } finally {
      lock.unlock();
    }
  }

  private static void rest(Duration time) throws InterruptedException {
    java.util.concurrent.TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }
}
