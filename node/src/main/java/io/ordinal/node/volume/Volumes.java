package io.ordinal.node.volume;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.node.facts.ApiObjects;
import io.ordinal.node.facts.Expansion;
import io.ordinal.node.facts.PodFields;
import io.ordinal.node.facts.PodFolders;
import io.ordinal.node.facts.PodTrouble;
import io.ordinal.node.runtime.ContainerConfig.Device;
import io.ordinal.node.runtime.ContainerConfig.Mount;
import io.ordinal.node.runtime.ContainerConfig.Propagation;
import io.ordinal.node.runtime.PodIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// Makes the volumes of pods, keeps them fresh, and takes them away (contract M7).
public final class Volumes {
  private static final String FAILED = "FailedMount";

  private final PodFolders folders;
  private final ApiObjects objects;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Projections projections;
  private final Tokens tokens;
  private final Map<String, Map<String, Path>> places = new ConcurrentHashMap<>();

  /// Volumes of one node.
  public Volumes(
      PodFolders folders, ApiObjects objects, InstantSource clock, RandomGenerator random) {
    this.folders = folders;
    this.objects = objects;
    this.clock = clock;
    this.random = random;
    this.tokens = new Tokens(objects, clock);
    this.projections = new Projections(objects, tokens);
  }

  /// Makes every volume of a pod; those that are there are made true again.
  ///
  /// @throws PodTrouble of reason `FailedMount`
  public void make(PodFields fields) {
    var found = new ConcurrentHashMap<String, Path>();
    for (var volume : fields.pod().getSpec().getVolumes()) {
      found.put(volume.getName(), make(volume, fields));
    }
    places.put(uid(fields.pod()), found);
  }

  /// Writes anew what comes from the API and may have changed.
  public void refresh(PodFields fields) {
    fields.pod().getSpec().getVolumes().stream()
        .filter(Projections::isOne)
        .forEach(volume -> make(volume, fields));
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }

  private Path make(Volume volume, PodFields fields) {
    try {
      if (volume.getEmptyDir() != null) {
        return emptyDir(volume, fields.pod());
      }
      if (volume.getHostPath() != null) {
        var path = Path.of(volume.getHostPath().getPath());
        var type = volume.getHostPath().getType();
        HostPathCheck.check(path, type == null ? "" : type);
        return path;
      }
      if (Projections.isOne(volume)) {
        return projected(volume, fields);
      }
      if (volume.getNfs() != null) {
        var nfs = volume.getNfs();
        return nfs(
            volume.getName(), nfs.getServer() + ":" + nfs.getPath(), List.of(), fields.pod());
      }
      var claim = claimOf(volume, fields.pod());
      if (claim.isPresent()) {
        return persistent(volume, claim.get(), fields.pod());
      }
      throw trouble(volume, "this kind of volume is not supported by this node");
    } catch (IOException | IllegalArgumentException e) {
      throw trouble(volume, String.valueOf(e.getMessage()));
    } catch (KubernetesClientException e) {
      throw trouble(volume, String.valueOf(e.getMessage()));
    }
  }

  private static PodTrouble trouble(Volume volume, String message) {
    return new PodTrouble(
        FAILED, "MountVolume.SetUp failed for volume \"" + volume.getName() + "\" : " + message);
  }

  private Path emptyDir(Volume volume, Pod pod) throws IOException {
    var path = folders.volume(uid(pod), "empty-dir", volume.getName());
    boolean fresh = !Files.exists(path);
    Files.createDirectories(path);
    if ("Memory".equals(volume.getEmptyDir().getMedium())) {
      var size = MemoryVolumes.size(volume.getEmptyDir(), pod).map(bytes -> ",size=" + bytes);
      fresh |= Mounts.tmpfs(path, "mode=0777" + size.orElse(""));
    }
    if (fresh) {
      Files.setAttribute(path, "unix:mode", 0777);
      own(path, pod);
    }
    return path;
  }

  private static void own(Path path, Pod pod) throws IOException {
    var group = Projections.fsGroup(pod);
    if (group >= 0) {
      var policy = pod.getSpec().getSecurityContext().getFsGroupChangePolicy();
      Ownership.give(path, group, "OnRootMismatch".equals(policy));
    }
  }

  private Path projected(Volume volume, PodFields fields) throws IOException {
    boolean secret = Projections.isSecret(volume);
    var uid = uid(fields.pod());
    var path =
        secret
            ? folders.secret(uid, "secret", volume.getName())
            : folders.volume(uid, "projected", volume.getName());
    if (secret) memory();
    Files.createDirectories(path);
    Files.setAttribute(path, "unix:mode", 0755);
    new AtomicWriter(path, random).write(files(volume, fields), clock.instant());
    return path;
  }

  private Map<String, AtomicWriter.Entry> files(Volume volume, PodFields fields) {
    try {
      return projections.files(volume, fields);
    } catch (PodTrouble e) {
      throw trouble(volume, e.words());
    }
  }

  private synchronized void memory() throws IOException {
    Mounts.tmpfs(folders.memory(), "mode=0711");
  }

  private Path nfs(String name, String source, List<String> options, Pod pod) throws IOException {
    var known = Files.readString(Path.of("/proc/filesystems"));
    if (!known.contains("nfs")) {
      throw new IOException(
          "mounting "
              + source
              + ": this machine's kernel has no NFS client (module nfs), so NFS volumes cannot be mounted here");
    }
    var path = folders.volume(uid(pod), "nfs", name);
    Mounts.nfs(source, path, options);
    return path;
  }

  private static Optional<String> claimOf(Volume volume, Pod pod) {
    if (volume.getPersistentVolumeClaim() != null) {
      return Optional.of(volume.getPersistentVolumeClaim().getClaimName());
    }
    return volume.getEphemeral() == null
        ? Optional.empty()
        : Optional.of(pod.getMetadata().getName() + "-" + volume.getName());
  }

  private Path persistent(Volume volume, String claim, Pod pod) throws IOException {
    var namespace = pod.getMetadata().getNamespace();
    var found =
        objects
            .claim(namespace, claim)
            .orElseThrow(
                () -> trouble(volume, "persistentvolumeclaim \"" + claim + "\" not found"));
    var phase = found.getStatus() == null ? "" : found.getStatus().getPhase();
    var name = found.getSpec().getVolumeName();
    if (!"Bound".equals(phase) || name == null) {
      throw trouble(volume, "persistentvolumeclaim \"" + claim + "\" is not bound");
    }
    var persistent =
        objects
            .volume(name)
            .orElseThrow(() -> trouble(volume, "persistentvolume \"" + name + "\" not found"));
    return source(volume, persistent, pod);
  }

  private Path source(Volume volume, PersistentVolume persistent, Pod pod) throws IOException {
    var spec = persistent.getSpec();
    if (spec.getLocal() != null) {
      var path = Path.of(spec.getLocal().getPath());
      if (!Files.exists(path)) {
        throw trouble(volume, "path \"" + path + "\" does not exist");
      }
      if (Files.isDirectory(path)) own(path, pod);
      return path;
    }
    if (spec.getHostPath() != null) {
      var path = Path.of(spec.getHostPath().getPath());
      var type = spec.getHostPath().getType();
      HostPathCheck.check(path, type == null ? "" : type);
      return path;
    }
    if (spec.getNfs() != null) {
      var nfs = spec.getNfs();
      return nfs(
          volume.getName(), nfs.getServer() + ":" + nfs.getPath(), spec.getMountOptions(), pod);
    }
    throw trouble(volume, "this kind of persistent volume is not supported by this node");
  }

  /// What a container sees of its pod's volumes; `variables` are for subPathExpr.
  ///
  /// @throws PodTrouble of reason `CreateContainerConfigError`
  public List<Mount> mounts(Pod pod, Container container, Map<String, String> variables) {
    var mounts = new ArrayList<Mount>();
    for (int i = 0; i < container.getVolumeMounts().size(); i++) {
      mounts.add(mount(pod, container, i, variables));
    }
    return mounts;
  }

  private Mount mount(Pod pod, Container container, int index, Map<String, String> variables) {
    var mount = container.getVolumeMounts().get(index);
    var volume = place(pod, mount.getName());
    var subPath = subPath(mount, variables);
    var path = volume;
    if (!subPath.isEmpty()) {
      var to =
          folders
              .subPaths(uid(pod))
              .resolve(mount.getName())
              .resolve(container.getName())
              .resolve(Integer.toString(index));
      try {
        path = SubPaths.bind(volume, subPath, to);
      } catch (IOException e) {
        throw new PodTrouble(
            "CreateContainerConfigError",
            "failed to prepare subPath for volumeMount \"%s\" of container \"%s\": %s"
                .formatted(mount.getName(), container.getName(), e.getMessage()),
            e);
      }
    }
    return new Mount(
        mount.getMountPath(), path.toString(), readOnly(pod, mount), propagation(mount));
  }

  private Path place(Pod pod, String volume) {
    var found = places.getOrDefault(uid(pod), Map.of()).get(volume);
    if (found == null) {
      throw new PodTrouble(
          "CreateContainerConfigError", "volume \"" + volume + "\" is not mounted");
    }
    return found;
  }

  private static String subPath(VolumeMount mount, Map<String, String> variables) {
    if (mount.getSubPathExpr() != null && !mount.getSubPathExpr().isEmpty()) {
      return Expansion.expand(mount.getSubPathExpr(), variables);
    }
    return mount.getSubPath() == null ? "" : mount.getSubPath();
  }

  /// What comes from the API is never written by containers.
  private static boolean readOnly(Pod pod, VolumeMount mount) {
    return Boolean.TRUE.equals(mount.getReadOnly())
        || pod.getSpec().getVolumes().stream()
            .filter(volume -> volume.getName().equals(mount.getName()))
            .anyMatch(volume ->
                Projections.isOne(volume)
                    || (volume.getPersistentVolumeClaim() != null
                        && Boolean.TRUE.equals(volume.getPersistentVolumeClaim().getReadOnly())));
  }

  private static Propagation propagation(VolumeMount mount) {
    return switch (mount.getMountPropagation() == null ? "None" : mount.getMountPropagation()) {
      case "HostToContainer" -> Propagation.HOST_TO_CONTAINER;
      case "Bidirectional" -> Propagation.BIDIRECTIONAL;
      default -> Propagation.PRIVATE;
    };
  }

  /// Volumes that a container gets as devices.
  public List<Device> devices(Pod pod, Container container) {
    return container.getVolumeDevices().stream()
        .map(d -> new Device(d.getDevicePath(), place(pod, d.getName()).toString(), "mrw"))
        .toList();
  }

  /// Unmounts whatever pods had mounted below a node's folder, for a machine that Ordinal leaves
  /// for good: no container may run any more. Files stay.
  public static void release(Path nodeFolder) throws IOException {
    if (Files.exists(nodeFolder)) Mounts.unmountBelow(nodeFolder);
  }

  /// Unmounts and removes everything of a pod, by what is on the disk alone.
  ///
  /// @throws PodTrouble when something is still in use
  public void remove(PodIdentity pod) {
    try {
      Mounts.removeTree(folders.pod(pod.uid()));
      Mounts.removeTree(folders.memory().resolve(pod.uid()));
      places.remove(pod.uid());
      tokens.forget(pod.uid());
    } catch (IOException e) {
      throw new PodTrouble("FailedUnmount", String.valueOf(e.getMessage()), e);
    }
  }
}
