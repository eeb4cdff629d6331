package io.ordinal.node.host;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.ordinal.kube.Informer;
import io.ordinal.node.NodeConfig;
import io.ordinal.node.PodNetwork;
import io.ordinal.node.facts.ApiObjects;
import io.ordinal.node.facts.Expansion;
import io.ordinal.node.facts.PodFields;
import io.ordinal.node.facts.PodFolders;
import io.ordinal.node.facts.PodTrouble;
import io.ordinal.node.logs.LogFiles;
import io.ordinal.node.machine.Folders;
import io.ordinal.node.pod.Annotations;
import io.ordinal.node.pod.PodHost;
import io.ordinal.node.runtime.ContainerConfig;
import io.ordinal.node.runtime.ContainerConfig.Env;
import io.ordinal.node.runtime.ContainerConfig.Mount;
import io.ordinal.node.runtime.ContainerConfig.Propagation;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.Labels;
import io.ordinal.node.runtime.PodIdentity;
import io.ordinal.node.runtime.SandboxConfig;
import io.ordinal.node.volume.Volumes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// This machine, as pods see it.
public final class MachineHost implements PodHost {
  private static final String CONFIG_ERROR = "CreateContainerConfigError";

  private final NodeConfig config;
  private final NodeConfig.Size size;
  private final PodNetwork network;
  private final ApiObjects objects;
  private final Informer<Service> services;
  private final PodFolders folders;
  private final Volumes volumes;
  private final Cgroups cgroups;

  /// What it is made of.
  public record Parts(
      NodeConfig.Size size,
      PodNetwork network,
      ApiObjects objects,
      Informer<Service> services,
      Volumes volumes) {}

  /// The host of one node's pods.
  public MachineHost(NodeConfig config, Parts parts) {
    this.config = config;
    this.size = parts.size();
    this.network = parts.network();
    this.objects = parts.objects();
    this.services = parts.services();
    this.volumes = parts.volumes();
    this.folders = new PodFolders(config);
    this.cgroups = new Cgroups(config.cgroup());
  }

  @Override
  public void prepare(Pod pod) {
    try {
      Files.createDirectories(folders.pod(pod.getMetadata().getUid()));
      Files.createDirectories(folders.logs(identity(pod)));
    } catch (IOException e) {
      throw new PodTrouble(
          "FailedMount", "error making pod data directories: " + e.getMessage(), e);
    }
    cgroups.make(pod);
    volumes.make(fields(pod, List.of()));
  }

  @Override
  public void refresh(Pod pod) {
    volumes.refresh(fields(pod, List.of()));
  }

  private PodFields fields(Pod pod, List<String> podIps) {
    return new PodFields(pod, config, size, podIps);
  }

  private static PodIdentity identity(Pod pod) {
    var metadata = pod.getMetadata();
    return new PodIdentity(metadata.getNamespace(), metadata.getName(), metadata.getUid());
  }

  /// Host ports are the network's, by its own rules: the runtime hears nothing of them.
  @Override
  public SandboxConfig sandbox(Pod pod, int attempt) {
    var metadata = pod.getMetadata();
    var labels = new HashMap<String, String>();
    if (metadata.getLabels() != null) labels.putAll(metadata.getLabels());
    labels.putAll(labels(pod));
    return new SandboxConfig(
        identity(pod),
        attempt,
        Hostnames.ofSandbox(pod, config.dns().domain()),
        folders.logs(identity(pod)).toString(),
        ResolvConf.of(pod, config.dns()),
        List.of(),
        labels,
        metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations(),
        cgroups.of(pod),
        ContainerRights.ofSandbox(pod),
        sysctls(pod),
        network.runtimeHandler());
  }

  private static Map<String, String> sysctls(Pod pod) {
    var sysctls = new HashMap<String, String>();
    var context = pod.getSpec().getSecurityContext();
    if (context != null) context.getSysctls().forEach(s -> sysctls.put(s.getName(), s.getValue()));
    return sysctls;
  }

  private Map<String, String> labels(Pod pod) {
    var metadata = pod.getMetadata();
    return Map.of(
        Labels.POD_NAME, metadata.getName(),
        Labels.POD_NAMESPACE, metadata.getNamespace(),
        Labels.POD_UID, metadata.getUid(),
        Labels.NODE, config.name());
  }

  @Override
  public ContainerConfig container(Pod pod, Container container, Place place) {
    var ips = place.podIps().isEmpty() ? List.of(config.address()) : place.podIps();
    var variables = new Environment(objects, services.list()).of(pod, container, fields(pod, ips));
    var rights = new ContainerRights(pod, container).of(place.image());
    var labels = new HashMap<>(labels(pod));
    labels.put(Labels.CONTAINER_NAME, container.getName());
    return new ContainerConfig(
        container.getName(),
        place.attempt(),
        place.image().id(),
        container.getImage(),
        command(container, variables),
        mounts(pod, container, place, variables),
        volumes.devices(pod, container),
        labels,
        annotations(pod, container, place.attempt()),
        logPath(pod, container, place.attempt()),
        LinuxResources.of(pod, container, size.memoryBytes(), cgroups.isVersion2()),
        rights);
  }

  private static ContainerConfig.Command command(
      Container container, Map<String, String> variables) {
    return new ContainerConfig.Command(
        container.getCommand().stream().map(word -> Expansion.expand(word, variables)).toList(),
        container.getArgs().stream().map(word -> Expansion.expand(word, variables)).toList(),
        container.getWorkingDir() == null ? "" : container.getWorkingDir(),
        variables.entrySet().stream().map(e -> new Env(e.getKey(), e.getValue())).toList(),
        Boolean.TRUE.equals(container.getStdin()),
        Boolean.TRUE.equals(container.getStdinOnce()),
        Boolean.TRUE.equals(container.getTty()));
  }

  private List<Mount> mounts(
      Pod pod, Container container, Place place, Map<String, String> variables) {
    var mounts = new ArrayList<>(volumes.mounts(pod, container, variables));
    var uid = pod.getMetadata().getUid();
    try {
      if (mounts.stream().noneMatch(mount -> mount.containerPath().equals("/etc/hosts"))) {
        var hosts = folders.etcHosts(uid);
        Files.writeString(hosts, EtcHosts.of(pod, place.podIps(), config));
        Files.setAttribute(hosts, "unix:mode", 0644);
        mounts.add(mount("/etc/hosts", hosts));
      }
      var words = folders.terminationLog(uid, container.getName(), place.attempt());
      Files.createDirectories(words.getParent());
      Files.writeString(words, "");
      Files.setAttribute(words, "unix:mode", 0666);
      mounts.add(mount(terminationMessagePath(container), words));
    } catch (IOException e) {
      throw new PodTrouble(
          CONFIG_ERROR, "error making files of the container: " + e.getMessage(), e);
    }
    return mounts;
  }

  private static Mount mount(String inContainer, Path here) {
    return new Mount(inContainer, here.toString(), false, Propagation.PRIVATE);
  }

  private static String terminationMessagePath(Container container) {
    var path = container.getTerminationMessagePath();
    return path == null || path.isEmpty() ? "/dev/termination-log" : path;
  }

  private static Map<String, String> annotations(Pod pod, Container container, int attempt) {
    var annotations = new HashMap<String, String>();
    annotations.put(Annotations.HASH, Annotations.hash(container));
    annotations.put(Annotations.RESTART_COUNT, Integer.toString(attempt));
    annotations.put(Annotations.TERMINATION_MESSAGE_PATH, terminationMessagePath(container));
    var policy = container.getTerminationMessagePolicy();
    annotations.put(Annotations.TERMINATION_MESSAGE_POLICY, policy == null ? "File" : policy);
    var grace = pod.getSpec().getTerminationGracePeriodSeconds();
    if (grace != null) annotations.put(Annotations.TERMINATION_GRACE_PERIOD, grace.toString());
    return annotations;
  }

  /// Relative to the pod's log folder, which must have the container's folder in it.
  private String logPath(Pod pod, Container container, int attempt) {
    try {
      Files.createDirectories(folders.logs(identity(pod)).resolve(container.getName()));
    } catch (IOException e) {
      throw new PodTrouble(CONFIG_ERROR, "error making the log folder: " + e.getMessage(), e);
    }
    return container.getName() + "/" + attempt + ".log";
  }

  @Override
  public String lastWords(PodIdentity pod, ContainerStatus container) {
    return new LastWords(folders).of(pod, container);
  }

  @Override
  public void forget(PodIdentity pod, ContainerStatus container) {
    try {
      LogFiles.delete(folders.logs(pod), container.name(), container.attempt());
      Files.deleteIfExists(
          folders.terminationLog(pod.uid(), container.name(), container.attempt()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void cleanUp(PodIdentity pod) {
    volumes.remove(pod);
    cgroups.remove(pod.uid());
  }

  @Override
  public void forget(PodIdentity pod) {
    try {
      Folders.delete(folders.logs(pod));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
