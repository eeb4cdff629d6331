package io.ordinal.testing;

import static io.ordinal.platform.why.facts.Cause.*;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.ordinal.platform.why.facts.Cause;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Faults that only other clusters have: what their kubelets, schedulers, webhooks and drivers tell
/// of them is written down as they do.
final class FaultsOfOthers {

  private static final String PULLED = "registry.example/web:missing";

  private FaultsOfOthers() {}

  static List<Fault> all() {
    return Stream.of(images(), creations(), schedulers(), nodes()).flatMap(List::stream).toList();
  }

  private static List<Fault> images() {
    return List.of(
        pull("429 Too Many Requests - toomanyrequests: pull rate limit", REGISTRY_LIMIT),
        pull("write /var/lib/containerd/blob: no space left on device", IMAGE_DISK_FULL),
        pull("no match for platform in manifest: not found", IMAGE_PLATFORM),
        pull("failed to copy: unexpected media type text/html", IMAGE_PULL_FAILED));
  }

  private static Fault pull(String said, Cause cause) {
    return Fault.of(said, cause)
        .image(PULLED)
        .then(
            told(
                FaultsOfOthers::pod,
                "Failed",
                "Failed to pull image \"%s\": failed to pull and unpack image: %s"
                    .formatted(PULLED, said)));
  }

  private static List<Fault> creations() {
    return List.of(
        creation(
            "Internal error occurred: failed calling webhook \"policy.example.com\":"
                + " failed to call webhook: context deadline exceeded",
            WEBHOOK_SILENT),
        creation(
            "admission webhook \"policy.example.com\" denied the request: no owner label",
            WEBHOOK_DENIED),
        creation(
            "pods \"web-1\" is forbidden: unable to create new content in namespace default"
                + " because it is being terminated",
            NAMESPACE_ENDING),
        creation("etcdserver: request timed out", CREATE_FAILED),
        FaultsOfClaims.claiming("the driver cannot make a volume", PROVISIONING_FAILED, "")
            .pod("nodeSelector: {disk: ssd}")
            .then(
                told(
                    world -> Fault.claims(world).withName("data-web-0").get(),
                    "ProvisioningFailed",
                    "failed to provision volume: rpc error: code = ResourceExhausted")));
  }

  /// A set whose second pod is to come yet.
  private static Fault creation(String said, Cause cause) {
    return Fault.of(said, cause)
        .replicas(2)
        .container("readinessProbe: {tcpSocket: {port: 80}}")
        .simulated("ready", "never")
        .then(
            told(
                world -> Fault.set(world).get(),
                "FailedCreate",
                "create Pod web-1 in StatefulSet web failed error: " + said));
  }

  private static List<Fault> schedulers() {
    return List.of(
        scheduler("1 node(s) exceed max volume count", TOO_MANY_VOLUMES),
        scheduler("1 node(s) didn't match the requested node name", NODE_NAME));
  }

  private static Fault scheduler(String said, Cause cause) {
    var message = "0/1 nodes are available: %s.".formatted(said);
    return Fault.of(said, cause)
        .pod("schedulerName: mine")
        .then(
            status(status ->
                status
                    .getConditions()
                    .add(
                        new PodConditionBuilder()
                            .withType("PodScheduled")
                            .withStatus("False")
                            .withReason("Unschedulable")
                            .withMessage(message)
                            .build())));
  }

  private static List<Fault> nodes() {
    return List.of(
        ended("Evicted", "The node was low on resource: memory.", EVICTED),
        ended("Terminated", "Pod was terminated in response to node shutdown.", POD_FAILED),
        onAnotherNode(
            "a container is not ready, and nothing says why",
            POD_NOT_READY,
            status -> {
              status.setPhase("Running");
              status
                  .getContainerStatuses()
                  .add(
                      new ContainerStatusBuilder()
                          .withName("main")
                          .withImage("registry.example/nginx")
                          .withReady(false)
                          .withNewState()
                          .withNewRunning()
                          .endRunning()
                          .endState()
                          .build());
              status
                  .getConditions()
                  .add(
                      new PodConditionBuilder()
                          .withType("ContainersReady")
                          .withStatus("False")
                          .withMessage("containers with unready status: [main]")
                          .build());
            }));
  }

  private static Fault ended(String reason, String message, Cause cause) {
    return onAnotherNode(
        reason,
        cause,
        status -> {
          status.setPhase("Failed");
          status.setReason(reason);
          status.setMessage(message);
        });
  }

  /// The pod `web-0` on a node that has no agent of ours.
  private static Fault onAnotherNode(String title, Cause cause, Consumer<PodStatus> said) {
    return Fault.of(title, cause)
        .withoutSet()
        .before(FaultsOfOthers::makeNode)
        .given(FaultsOfPlaces.pod("web-0", "nodeName: other", ""))
        .within(Duration.ofSeconds(3))
        .then(status(said))
        .asks("pod/web-0");
  }

  private static void makeNode(World world) {
    var node =
        new NodeBuilder()
            .withNewMetadata()
            .withName("other")
            .endMetadata()
            .withNewStatus()
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .endCondition()
            .endStatus()
            .build();
    world.admin.resource(node).create();
  }

  private static Consumer<World> status(Consumer<PodStatus> said) {
    return world ->
        Fault.pods(world)
            .withName("web-0")
            .editStatus(pod -> {
              said.accept(pod.getStatus());
              return pod;
            });
  }

  /// An event that is newer than all others.
  private static Consumer<World> told(
      Function<World, HasMetadata> about, String reason, String message) {
    return world -> {
      world.settle();
      var object = about.apply(world);
      var event =
          new EventBuilder()
              .withNewMetadata()
              .withNamespace("default")
              .withName("told")
              .endMetadata()
              .withNewInvolvedObject()
              .withKind(object.getKind())
              .withApiVersion(object.getApiVersion())
              .withNamespace("default")
              .withName(object.getMetadata().getName())
              .withUid(object.getMetadata().getUid())
              .endInvolvedObject()
              .withType("Warning")
              .withReason(reason)
              .withMessage(message)
              .withLastTimestamp(world.cluster.clock().instant().toString())
              .build();
      world.admin.resource(event).create();
    };
  }

  private static HasMetadata pod(World world) {
    return Fault.pods(world).withName("web-0").get();
  }
}
