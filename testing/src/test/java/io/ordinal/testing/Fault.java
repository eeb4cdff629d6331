package io.ordinal.testing;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.ordinal.platform.why.facts.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Something that is made wrong on purpose, and what has to be said about it.
final class Fault {

  final Cause expected;
  final List<Cause> further = new ArrayList<>();
  private final String title;
  private final List<Consumer<World>> before = new ArrayList<>();
  private final List<Consumer<World>> after = new ArrayList<>();
  private String annotations = "";
  private String container = "";
  private String pod = "";
  private String set = "replicas: 1";
  private String image = "registry.example/nginx:1";
  private String asked = "statefulset/web";
  private Duration time = Duration.ofSeconds(70);
  private boolean withSet = true;

  private Fault(String title, Cause expected) {
    this.title = title;
    this.expected = expected;
  }

  /// A StatefulSet `web` of one nginx, with one fault.
  static Fault of(String title, Cause expected) {
    return new Fault(title, expected);
  }

  /// What has to be said, too, behind the cause.
  Fault also(Cause cause) {
    further.add(cause);
    return this;
  }

  Fault image(String name) {
    image = name;
    return this;
  }

  /// What the simulated runtime is to do, by the end of an annotation's name.
  Fault simulated(String name, String value) {
    annotations += "simulated.ordinal.io/%s: '%s'\n".formatted(name, value.replace("'", "''"));
    return this;
  }

  /// More lines of the container, the pod's spec, the set's spec.
  Fault container(String yaml) {
    container += yaml + "\n";
    return this;
  }

  Fault pod(String yaml) {
    pod += yaml + "\n";
    return this;
  }

  Fault set(String yaml) {
    set += "\n" + yaml;
    return this;
  }

  Fault replicas(int count) {
    set = set.replace("replicas: 1", "replicas: " + count);
    return this;
  }

  /// Manifests that exist before the set.
  Fault given(String yaml) {
    return before(world -> world.apply(yaml));
  }

  Fault before(Consumer<World> work) {
    before.add(work);
    return this;
  }

  /// What happens when the set has had its time.
  Fault then(Consumer<World> work) {
    after.add(work);
    return this;
  }

  /// Somebody asks for the end of the pod `web-0`.
  Fault thenDeleted() {
    return then(world -> pods(world).withName("web-0").delete());
  }

  static NonNamespaceOperation<Pod, PodList, PodResource> pods(World world) {
    return world.admin.pods().inNamespace("default");
  }

  static NonNamespaceOperation<
          PersistentVolumeClaim, PersistentVolumeClaimList, Resource<PersistentVolumeClaim>>
      claims(World world) {
    return world.admin.persistentVolumeClaims().inNamespace("default");
  }

  static RollableScalableResource<StatefulSet> set(World world) {
    return world.admin.apps().statefulSets().inNamespace("default").withName("web");
  }

  Fault withoutSet() {
    withSet = false;
    return this;
  }

  Fault within(Duration duration) {
    time = duration;
    return this;
  }

  Fault asks(String object) {
    asked = object;
    return this;
  }

  String kind() {
    return asked.substring(0, asked.indexOf('/'));
  }

  String name() {
    return asked.substring(asked.indexOf('/') + 1);
  }

  void plant(World world) {
    before.forEach(work -> work.accept(world));
    if (withSet) world.apply(manifest());
    world.pass(time);
    after.forEach(work -> work.accept(world));
  }

  private String manifest() {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: web, namespace: default}
    spec: {clusterIP: None, selector: {app: web}, ports: [{port: 80}]}
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: web
      namespace: default
    spec:
      serviceName: web
      selector: {matchLabels: {app: web}}
    %s
      template:
        metadata:
          labels: {app: web}
          annotations:
            fault: planted
    %s
        spec:
    %s
          containers:
          - name: main
            image: %s
    %s
    """
        .formatted(
            set.indent(2).stripTrailing(),
            annotations.indent(8).stripTrailing(),
            pod.indent(6).stripTrailing(),
            image,
            container.indent(8).stripTrailing());
  }

  @Override
  public String toString() {
    return title;
  }
}
