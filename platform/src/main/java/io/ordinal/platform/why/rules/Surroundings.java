package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.*;

import io.ordinal.platform.why.facts.Cause;
import io.ordinal.platform.why.facts.Event;
import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a pod needs before its containers: volumes, network, sandbox. The newest failure counts, as
/// long as nothing that comes after them has begun since.
final class Surroundings implements PodRule {

  private static final Set<String> REASONS =
      Set.of(
          "FailedMount",
          "FailedAttachVolume",
          "FailedMapVolume",
          "FailedCreatePodSandBox",
          "NetworkNotReady",
          "FailedPodSandBoxStatus");
  private static final Set<String> PROGRESS = Set.of("Pulling", "Pulled", "Created");
  private static final Pattern VOLUME = Pattern.compile("volume \"([^\"]+)\"");

  @Override
  public Stream<Finding> judge(Scene scene, Thing pod) {
    if (pod.text("/spec/nodeName").isEmpty() || containersBegan(pod)) return Stream.empty();
    // A kubelet also tells that volumes did not come in time, and not why.
    return scene.events(pod).stream()
        .filter(event -> REASONS.contains(event.reason()) || PROGRESS.contains(event.reason()))
        .filter(event -> !event.message().contains("timed out waiting for the condition"))
        .findFirst()
        .filter(event -> REASONS.contains(event.reason()))
        .map(event -> finding(pod, event))
        .stream();
  }

  private static boolean containersBegan(Thing pod) {
    return Stream.concat(
            pod.list("/status/containerStatuses").stream(),
            pod.list("/status/initContainerStatuses").stream())
        .anyMatch(status -> {
          var reason = status.at("/state/waiting/reason").asString("");
          return !reason.equals("ContainerCreating") && !reason.equals("PodInitializing");
        });
  }

  private static Finding finding(Thing pod, Event event) {
    var said = event.message();
    if (event.reason().contains("SandBox") || event.reason().startsWith("Network")) {
      var cause = sandbox(event.reason(), said);
      var field = cause == RUNTIME_CLASS ? "spec.runtimeClassName" : "";
      return Finding.of(cause, pod, field).with("message", said).with("node", node(pod));
    }
    var volume = Words.find(VOLUME, said).orElse("");
    var field = volume.isEmpty() ? "spec.volumes" : "spec.volumes[" + volume + "]";
    return References.missing(pod, field, said)
        .orElseGet(() -> Finding.of(volume(said), pod, field))
        .with("volume", volume)
        .with("node", node(pod))
        .with("message", said);
  }

  private static String node(Thing pod) {
    return pod.text("/spec/nodeName");
  }

  private static Cause sandbox(String reason, String said) {
    if (Words.says(said, "runtime handler", "runtimeclass", "no runtime for")) return RUNTIME_CLASS;
    return reason.startsWith("Network") || Words.says(said, "cni", "network", "plugin type=")
        ? POD_NETWORK
        : SANDBOX_FAILED;
  }

  private static Cause volume(String said) {
    if (Words.says(said, "multi-attach")) return VOLUME_IN_USE;
    if (Words.says(said, "hostpath type check failed")) return HOST_PATH;
    if (Words.says(said, "nfs")) return NFS_FAILED;
    if (Words.says(said, "not found in the list of registered csi drivers")) return CSI_MISSING;
    return VOLUME_FAILED;
  }
}
