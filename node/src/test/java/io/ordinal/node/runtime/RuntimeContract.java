package io.ordinal.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.node.runtime.ContainerStatus.State;
import io.ordinal.node.runtime.Namespaces.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every container runtime promises the agent.
public abstract class RuntimeContract {
  private int pods;

  /// The runtime that is tried; each test makes pods of its own in it.
  protected abstract ContainerRuntime runtime();

  /// An image that is present, or that a pull brings.
  protected abstract String image();

  /// Where a pod may write its logs, `""` where there are none.
  protected abstract String logs(String pod);

  /// The cgroup of a pod, `""` where there are none.
  protected abstract String cgroup(String pod);

  private SandboxConfig pod(int attempt) {
    pods++;
    var name = getClass().getSimpleName().toLowerCase(Locale.ROOT) + "-" + pods;
    return new SandboxConfig(
        new PodIdentity("default", name, "uid-" + name),
        attempt,
        "",
        logs(name),
        SandboxConfig.Dns.NONE,
        List.of(),
        Map.of(Labels.POD_UID, "uid-" + name),
        Map.of(),
        cgroup(name),
        new SandboxConfig.Security(
            new Namespaces(Scope.NODE, Scope.CONTAINER, Scope.POD),
            false,
            List.of(),
            null,
            null,
            new Seccomp.RuntimeDefault()),
        Map.of(),
        "");
  }

  private ContainerConfig container(SandboxConfig pod, int attempt) {
    var runtime = runtime();
    var id = runtime.image(image()).map(Image::id);
    return new ContainerConfig(
        "main",
        attempt,
        id.orElseGet(() -> runtime.pullImage(image(), Optional.empty())),
        image(),
        new ContainerConfig.Command(
            List.of("sleep", "1000"), List.of(), "", List.of(), false, false, false),
        List.of(),
        List.of(),
        Map.of(Labels.POD_UID, pod.pod().uid(), Labels.CONTAINER_NAME, "main"),
        Map.of("note", "kept"),
        "main/" + attempt + ".log",
        Resources.NONE,
        new ContainerConfig.Security(
            Namespaces.ORDINARY,
            null,
            null,
            "",
            List.of(),
            List.of(),
            List.of(),
            false,
            false,
            false,
            false,
            new Seccomp.RuntimeDefault()));
  }

  private static Map<String, String> of(SandboxConfig pod) {
    return Map.of(Labels.POD_UID, pod.pod().uid());
  }

  @Test
  void itSaysWhoItIs() {
    assertThat(runtime().version().announced()).contains("://");
    assertThat(runtime().health().runtimeReady()).isTrue();
  }

  @Test
  void aSandboxIsFoundByItsLabelsUntilItIsRemoved() {
    var pod = pod(3);
    var id = runtime().runSandbox(pod);
    assertThat(runtime().sandboxes(of(pod)))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.id()).isEqualTo(id);
          assertThat(found.pod()).isEqualTo(pod.pod());
          assertThat(found.attempt()).isEqualTo(3);
          assertThat(found.ready()).isTrue();
        });
    assertThat(runtime().sandbox(id).orElseThrow().hostNetwork()).isTrue();
    runtime().stopSandbox(id);
    assertThat(runtime().sandbox(id).orElseThrow().ready()).isFalse();
    runtime().removeSandbox(id);
    assertThat(runtime().sandboxes(of(pod))).isEmpty();
  }

  @Test
  void aContainerIsMadeThenRunsThenHasEnded() {
    var pod = pod(0);
    var sandbox = runtime().runSandbox(pod);
    var id = runtime().createContainer(sandbox, container(pod, 2), pod);
    assertThat(runtime().container(id).orElseThrow().state()).isEqualTo(State.CREATED);
    runtime().startContainer(id);
    var running = runtime().container(id).orElseThrow();
    assertThat(running.running()).isTrue();
    assertThat(running.attempt()).isEqualTo(2);
    assertThat(running.annotations()).containsEntry("note", "kept");
    runtime().stopContainer(id, Duration.ofSeconds(1));
    var ended = runtime().container(id).orElseThrow();
    assertThat(ended.state()).isEqualTo(State.EXITED);
    assertThat(ended.finishedAt()).isAfterOrEqualTo(running.startedAt());
    runtime().removeSandbox(sandbox);
  }

  @Test
  void listsSayWhichSandboxAContainerIsIn() {
    var pod = pod(0);
    var sandbox = runtime().runSandbox(pod);
    var first = runtime().createContainer(sandbox, container(pod, 0), pod);
    var second = runtime().createContainer(sandbox, container(pod, 1), pod);
    assertThat(runtime().containers(of(pod)))
        .allSatisfy(c -> assertThat(c.sandboxId()).isEqualTo(sandbox))
        .extracting(ContainerStatus::id)
        .containsExactly(second, first);
    runtime().removeContainer(first);
    assertThat(runtime().containers(of(pod))).hasSize(1);
    runtime().stopSandbox(sandbox);
    runtime().removeSandbox(sandbox);
    assertThat(runtime().containers(of(pod))).isEmpty();
  }

  @Test
  void stoppingASandboxEndsItsContainers() {
    var pod = pod(0);
    var sandbox = runtime().runSandbox(pod);
    var id = runtime().createContainer(sandbox, container(pod, 0), pod);
    runtime().startContainer(id);
    runtime().stopSandbox(sandbox);
    assertThat(runtime().container(id).orElseThrow().running()).isFalse();
    runtime().removeSandbox(sandbox);
  }

  @Test
  void whatDoesNotExistIsNoErrorToStopOrRemove() {
    runtime().stopSandbox("no-such");
    runtime().removeSandbox("no-such");
    runtime().stopContainer("no-such", Duration.ofSeconds(1));
    runtime().removeContainer("no-such");
    assertThat(runtime().sandbox("no-such")).isEmpty();
    assertThat(runtime().container("no-such")).isEmpty();
    assertThat(runtime().image("localhost/no/such:1")).isEmpty();
  }

  @Test
  void whatDoesNotExistCannotBeStarted() {
    assertThatThrownBy(() -> runtime().startContainer("no-such"))
        .isInstanceOf(RuntimeFailure.class)
        .extracting(e -> ((RuntimeFailure) e).kind())
        .isEqualTo(RuntimeFailure.Kind.NOT_FOUND);
  }
}
