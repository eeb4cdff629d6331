package io.ordinal.node.cri;

import com.google.protobuf.Message;
import io.ordinal.node.cri.wire.AttachRequest;
import io.ordinal.node.cri.wire.AttachResponse;
import io.ordinal.node.cri.wire.ContainerFilter;
import io.ordinal.node.cri.wire.ContainerStatusRequest;
import io.ordinal.node.cri.wire.ContainerStatusResponse;
import io.ordinal.node.cri.wire.CreateContainerRequest;
import io.ordinal.node.cri.wire.CreateContainerResponse;
import io.ordinal.node.cri.wire.ExecResponse;
import io.ordinal.node.cri.wire.ExecSyncRequest;
import io.ordinal.node.cri.wire.ExecSyncResponse;
import io.ordinal.node.cri.wire.ImageFsInfoRequest;
import io.ordinal.node.cri.wire.ImageFsInfoResponse;
import io.ordinal.node.cri.wire.ImageSpec;
import io.ordinal.node.cri.wire.ImageStatusRequest;
import io.ordinal.node.cri.wire.ImageStatusResponse;
import io.ordinal.node.cri.wire.ListContainersRequest;
import io.ordinal.node.cri.wire.ListContainersResponse;
import io.ordinal.node.cri.wire.ListImagesRequest;
import io.ordinal.node.cri.wire.ListImagesResponse;
import io.ordinal.node.cri.wire.ListPodSandboxRequest;
import io.ordinal.node.cri.wire.ListPodSandboxResponse;
import io.ordinal.node.cri.wire.Nothing;
import io.ordinal.node.cri.wire.PodSandboxFilter;
import io.ordinal.node.cri.wire.PodSandboxStatusRequest;
import io.ordinal.node.cri.wire.PodSandboxStatusResponse;
import io.ordinal.node.cri.wire.PortForwardRequest;
import io.ordinal.node.cri.wire.PortForwardResponse;
import io.ordinal.node.cri.wire.PullImageRequest;
import io.ordinal.node.cri.wire.PullImageResponse;
import io.ordinal.node.cri.wire.RemoveContainerRequest;
import io.ordinal.node.cri.wire.RemoveImageRequest;
import io.ordinal.node.cri.wire.RemovePodSandboxRequest;
import io.ordinal.node.cri.wire.ReopenContainerLogRequest;
import io.ordinal.node.cri.wire.RunPodSandboxRequest;
import io.ordinal.node.cri.wire.RunPodSandboxResponse;
import io.ordinal.node.cri.wire.RuntimeCondition;
import io.ordinal.node.cri.wire.StartContainerRequest;
import io.ordinal.node.cri.wire.StatusRequest;
import io.ordinal.node.cri.wire.StatusResponse;
import io.ordinal.node.cri.wire.StopContainerRequest;
import io.ordinal.node.cri.wire.StopPodSandboxRequest;
import io.ordinal.node.cri.wire.UpdateContainerResourcesRequest;
import io.ordinal.node.cri.wire.VersionRequest;
import io.ordinal.node.cri.wire.VersionResponse;
import io.ordinal.node.runtime.ContainerConfig;
import io.ordinal.node.runtime.ContainerRuntime;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.ExecRequest;
import io.ordinal.node.runtime.ExecSession;
import io.ordinal.node.runtime.Image;
import io.ordinal.node.runtime.PodConnection;
import io.ordinal.node.runtime.RegistryCredentials;
import io.ordinal.node.runtime.Resources;
import io.ordinal.node.runtime.RuntimeFailure;
import io.ordinal.node.runtime.RuntimeFailure.Kind;
import io.ordinal.node.runtime.SandboxConfig;
import io.ordinal.node.runtime.SandboxStatus;
import io.ordinal.node.runtime.Stdio;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Containers by a runtime that speaks CRI v1: containerd, as the kubelet uses it.
public final class CriRuntime implements ContainerRuntime {
  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final Duration SLOW = Duration.ofMinutes(4);
  private static final Duration PULL = Duration.ofHours(2);

  private final CriChannel channel;
  private final ContainerdEvents events;

  private CriRuntime(CriChannel channel) {
    this.channel = channel;
    this.events = new ContainerdEvents(channel);
  }

  /// A runtime behind a socket; nothing is said to it before the first call.
  public static CriRuntime at(Path socket) {
    return new CriRuntime(new CriChannel(socket));
  }

  @Override
  public Version version() {
    var answer =
        runtime(
            "Version", VersionRequest.getDefaultInstance(), VersionResponse.getDefaultInstance());
    return new Version(answer.getRuntimeName(), answer.getRuntimeVersion());
  }

  @Override
  public Health health() {
    var answer =
        runtime("Status", StatusRequest.getDefaultInstance(), StatusResponse.getDefaultInstance());
    var conditions = answer.getStatus().getConditionsList();
    return new Health(
        isTrue(conditions, "RuntimeReady"),
        isTrue(conditions, "NetworkReady"),
        conditions.stream()
            .filter(condition -> !condition.getStatus())
            .map(c -> c.getType() + "=false reason:" + c.getReason() + " message:" + c.getMessage())
            .collect(Collectors.joining(", ")));
  }

  private static boolean isTrue(List<RuntimeCondition> conditions, String type) {
    return conditions.stream().anyMatch(c -> c.getType().equals(type) && c.getStatus());
  }

  @Override
  public String runSandbox(SandboxConfig config) {
    var request =
        RunPodSandboxRequest.newBuilder()
            .setConfig(ToCri.sandbox(config))
            .setRuntimeHandler(config.handler())
            .build();
    var answer =
        runtime("RunPodSandbox", request, RunPodSandboxResponse.getDefaultInstance(), SLOW);
    return answer.getPodSandboxId();
  }

  @Override
  public void stopSandbox(String sandboxId) {
    unlessGone(
        "StopPodSandbox", StopPodSandboxRequest.newBuilder().setPodSandboxId(sandboxId).build());
  }

  @Override
  public void removeSandbox(String sandboxId) {
    unlessGone(
        "RemovePodSandbox",
        RemovePodSandboxRequest.newBuilder().setPodSandboxId(sandboxId).build());
  }

  @Override
  public List<SandboxStatus> sandboxes(Map<String, String> labels) {
    var request =
        ListPodSandboxRequest.newBuilder()
            .setFilter(PodSandboxFilter.newBuilder().putAllLabelSelector(labels))
            .build();
    return runtime("ListPodSandbox", request, ListPodSandboxResponse.getDefaultInstance())
        .getItemsList()
        .stream()
        .map(FromCri::sandbox)
        .sorted(Comparator.comparing(SandboxStatus::createdAt).reversed())
        .toList();
  }

  @Override
  public Optional<SandboxStatus> sandbox(String sandboxId) {
    var request = PodSandboxStatusRequest.newBuilder().setPodSandboxId(sandboxId).build();
    return found("PodSandboxStatus", request, PodSandboxStatusResponse.getDefaultInstance())
        .map(answer -> FromCri.sandbox(answer.getStatus()));
  }

  @Override
  public String createContainer(String sandboxId, ContainerConfig config, SandboxConfig sandbox) {
    var request =
        CreateContainerRequest.newBuilder()
            .setPodSandboxId(sandboxId)
            .setConfig(ToCri.container(config))
            .setSandboxConfig(ToCri.sandbox(sandbox))
            .build();
    return runtime("CreateContainer", request, CreateContainerResponse.getDefaultInstance(), SLOW)
        .getContainerId();
  }

  @Override
  public void startContainer(String containerId) {
    runtime(
        "StartContainer",
        StartContainerRequest.newBuilder().setContainerId(containerId).build(),
        Nothing.getDefaultInstance(),
        SLOW);
  }

  @Override
  public void stopContainer(String containerId, Duration grace) {
    var request =
        StopContainerRequest.newBuilder()
            .setContainerId(containerId)
            .setTimeout(grace.toSeconds())
            .build();
    found("StopContainer", request, Nothing.getDefaultInstance(), grace.plus(SLOW));
  }

  @Override
  public void removeContainer(String containerId) {
    unlessGone(
        "RemoveContainer", RemoveContainerRequest.newBuilder().setContainerId(containerId).build());
  }

  @Override
  public List<ContainerStatus> containers(Map<String, String> labels) {
    var request =
        ListContainersRequest.newBuilder()
            .setFilter(ContainerFilter.newBuilder().putAllLabelSelector(labels))
            .build();
    return runtime("ListContainers", request, ListContainersResponse.getDefaultInstance())
        .getContainersList()
        .stream()
        .map(FromCri::container)
        .sorted(Comparator.comparing(ContainerStatus::createdAt).reversed())
        .toList();
  }

  /// A container's status does not say which sandbox it is in: `sandboxId` is `""` here.
  @Override
  public Optional<ContainerStatus> container(String containerId) {
    var request = ContainerStatusRequest.newBuilder().setContainerId(containerId).build();
    return found("ContainerStatus", request, ContainerStatusResponse.getDefaultInstance())
        .map(answer -> FromCri.container(answer.getStatus(), ""));
  }

  @Override
  public void updateResources(String containerId, Resources resources) {
    runtime(
        "UpdateContainerResources",
        UpdateContainerResourcesRequest.newBuilder()
            .setContainerId(containerId)
            .setLinux(ToCri.resources(resources))
            .build(),
        Nothing.getDefaultInstance());
  }

  @Override
  public void reopenLog(String containerId) {
    runtime(
        "ReopenContainerLog",
        ReopenContainerLogRequest.newBuilder().setContainerId(containerId).build(),
        Nothing.getDefaultInstance());
  }

  @Override
  public ExecResult execSync(String containerId, List<String> command, Duration timeout) {
    var seconds = Math.max(1, timeout.plusMillis(999).toSeconds());
    var request =
        ExecSyncRequest.newBuilder()
            .setContainerId(containerId)
            .addAllCmd(command)
            .setTimeout(seconds)
            .build();
    var answer =
        runtime(
            "ExecSync",
            request,
            ExecSyncResponse.getDefaultInstance(),
            Duration.ofSeconds(seconds + 5));
    return new ExecResult(
        answer.getExitCode(), answer.getStdout().toStringUtf8(), answer.getStderr().toStringUtf8());
  }

  @Override
  public ExecSession exec(String containerId, ExecRequest request) {
    var stdio = request.stdio();
    var question =
        io.ordinal.node.cri.wire.ExecRequest.newBuilder()
            .setContainerId(containerId)
            .addAllCmd(request.command())
            .setStdin(stdio.stdin())
            .setStdout(stdio.stdout())
            .setStderr(stdio.stderr())
            .setTty(stdio.tty())
            .build();
    var answer = runtime("Exec", question, ExecResponse.getDefaultInstance());
    return SpdyExec.open(answer.getUrl(), stdio);
  }

  @Override
  public ExecSession attach(String containerId, Stdio stdio) {
    var question =
        AttachRequest.newBuilder()
            .setContainerId(containerId)
            .setStdin(stdio.stdin())
            .setStdout(stdio.stdout())
            .setStderr(stdio.stderr())
            .setTty(stdio.tty())
            .build();
    var answer = runtime("Attach", question, AttachResponse.getDefaultInstance());
    return SpdyExec.open(answer.getUrl(), stdio);
  }

  @Override
  public PodConnection connect(String sandboxId, int port) {
    var question = PortForwardRequest.newBuilder().setPodSandboxId(sandboxId).addPort(port).build();
    var answer = runtime("PortForward", question, PortForwardResponse.getDefaultInstance());
    return SpdyPort.open(answer.getUrl(), port);
  }

  @Override
  public List<Image> images() {
    return image(
            "ListImages",
            ListImagesRequest.getDefaultInstance(),
            ListImagesResponse.getDefaultInstance(),
            QUICK)
        .getImagesList()
        .stream()
        .map(FromCri::image)
        .toList();
  }

  @Override
  public Optional<Image> image(String reference) {
    var request = ImageStatusRequest.newBuilder().setImage(spec(reference)).build();
    var answer = image("ImageStatus", request, ImageStatusResponse.getDefaultInstance(), QUICK);
    return answer.hasImage() ? Optional.of(FromCri.image(answer.getImage())) : Optional.empty();
  }

  @Override
  public String pullImage(String reference, Optional<RegistryCredentials> credentials) {
    var request = PullImageRequest.newBuilder().setImage(spec(reference));
    credentials.map(ToCri::credentials).ifPresent(request::setAuth);
    return image("PullImage", request.build(), PullImageResponse.getDefaultInstance(), PULL)
        .getImageRef();
  }

  @Override
  public void removeImage(String imageId) {
    image(
        "RemoveImage",
        RemoveImageRequest.newBuilder().setImage(spec(imageId)).build(),
        Nothing.getDefaultInstance(),
        QUICK);
  }

  @Override
  public List<ImageFilesystem> imageFilesystems() {
    return image(
            "ImageFsInfo",
            ImageFsInfoRequest.getDefaultInstance(),
            ImageFsInfoResponse.getDefaultInstance(),
            QUICK)
        .getImageFilesystemsList()
        .stream()
        .map(usage ->
            new ImageFilesystem(
                usage.getFsId().getMountpoint(),
                usage.getUsedBytes().getValue(),
                usage.getInodesUsed().getValue()))
        .toList();
  }

  @Override
  public Subscription onChange(ChangeListener listener) {
    return events.subscribe(listener);
  }

  @Override
  public void close() {
    events.close();
    channel.close();
  }

  private static ImageSpec spec(String reference) {
    return ImageSpec.newBuilder().setImage(reference).build();
  }

  private void unlessGone(String method, Message request) {
    found(method, request, Nothing.getDefaultInstance(), SLOW);
  }

  private <A extends Message> Optional<A> found(String method, Message request, A answer) {
    return found(method, request, answer, QUICK);
  }

  private <A extends Message> Optional<A> found(
      String method, Message request, A answer, Duration deadline) {
    try {
      return Optional.of(runtime(method, request, answer, deadline));
    } catch (RuntimeFailure e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <A extends Message> A runtime(String method, Message request, A answer) {
    return runtime(method, request, answer, QUICK);
  }

  private <A extends Message> A runtime(
      String method, Message request, A answer, Duration deadline) {
    return channel.call("runtime.v1.RuntimeService/" + method, request, answer, deadline);
  }

  private <A extends Message> A image(String method, Message request, A answer, Duration deadline) {
    return channel.call("runtime.v1.ImageService/" + method, request, answer, deadline);
  }
}
