package io.ordinal.testing;

import static io.ordinal.platform.why.facts.Cause.*;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Faults of what a namespace allows, and of the sets themselves.
final class FaultsOfSets {

  private static final String QUOTA =
      """
      apiVersion: v1
      kind: ResourceQuota
      metadata: {name: team, namespace: default}
      spec: {hard: {%s}}
      """;

  private FaultsOfSets() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("the quota is used up", QUOTA_EXCEEDED)
            .given(QUOTA.formatted("pods: '1'"))
            .replicas(2),
        Fault.of("the quota wants requests", QUOTA_NEEDS)
            .given(QUOTA.formatted("requests.cpu: '1'")),
        Fault.of("larger than the LimitRange allows", LIMIT_RANGE)
            .given(
                """
                apiVersion: v1
                kind: LimitRange
                metadata: {name: sizes, namespace: default}
                spec: {limits: [{type: Container, max: {memory: 1Gi}}]}
                """)
            .container("resources: {limits: {memory: 2Gi}}"),
        Fault.of("asks for more than the LimitRange's default limit", POD_INVALID)
            .given(
                """
                apiVersion: v1
                kind: LimitRange
                metadata: {name: sizes, namespace: default}
                spec: {limits: [{type: Container, default: {memory: 1Gi}}]}
                """)
            .container("resources: {requests: {memory: 2Gi}}"),
        Fault.of("privileged where baseline is enforced", POD_SECURITY)
            .before(world ->
                world
                    .admin
                    .namespaces()
                    .withName("default")
                    .edit(namespace -> {
                      namespace
                          .getMetadata()
                          .getLabels()
                          .put("pod-security.kubernetes.io/enforce", "baseline");
                      return namespace;
                    }))
            .container("securityContext: {privileged: true}"),
        Fault.of("no such service account", SERVICE_ACCOUNT_MISSING)
            .pod("serviceAccountName: nobody"),
        Fault.of("no such priority", PRIORITY_CLASS_MISSING).pod("priorityClassName: urgent"),
        Fault.of("somebody has the name", NAME_TAKEN)
            .given(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: web-0, namespace: default}
                spec: {containers: [{name: main, image: registry.example/nginx}]}
                """),
        Fault.of("the second waits for the first", IMAGE_NOT_FOUND)
            .also(WAITS_FOR_LOWER)
            .replicas(3)
            .image("registry.example/web:missing"),
        Fault.of("more are wanted than there is memory for", IMAGE_NOT_FOUND)
            .replicas(2_000_000_000)
            .image("registry.example/web:missing"),
        Fault.of("mended, but the old pod crashes on", OLD_REVISION_STUCK)
            .simulated("exit", "1")
            .then(edit(set -> set.getSpec().getTemplate().getMetadata().getAnnotations().clear()))
            .then(world -> world.pass(Duration.ofMinutes(1))),
        Fault.of("a finalizer keeps the set", SET_ENDING)
            .then(edit(set -> set.getMetadata().getFinalizers().add("example.com/backup")))
            .then(world -> Fault.set(world).delete())
            .then(World::settle),
        Fault.of("nobody has looked at the change yet", CONTROLLER_SILENT)
            .then(edit(set -> image(set, "registry.example/nginx:2"))),
        Fault.of("a pod has gone this moment", SET_PROGRESSES)
            .then(world -> Fault.pods(world).withName("web-0").withGracePeriod(0).delete()),
        Fault.of("ready, but not for long enough", MIN_READY).set("minReadySeconds: 600"),
        Fault.of("none wanted", SCALED_TO_ZERO).replicas(0),
        Fault.of("held back by the partition", PARTITION)
            .replicas(2)
            .set("updateStrategy: {rollingUpdate: {partition: 1}}")
            .then(edit(set -> image(set, "registry.example/nginx:2")))
            .then(world -> world.pass(Duration.ofMinutes(1))),
        Fault.of("held back until deleted", ON_DELETE)
            .set("updateStrategy: {type: OnDelete}")
            .then(edit(set -> image(set, "registry.example/nginx:2")))
            .then(world -> world.pass(Duration.ofMinutes(1))),
        Fault.of("no Service", NO_SERVICE)
            .then(world -> world.admin.services().inNamespace("default").withName("web").delete()));
  }

  private static Consumer<World> edit(Consumer<StatefulSet> change) {
    return world ->
        Fault.set(world)
            .edit(set -> {
              change.accept(set);
              return set;
            });
  }

  private static void image(StatefulSet set, String image) {
    set.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage(image);
  }
}
