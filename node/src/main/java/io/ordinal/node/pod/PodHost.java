package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.node.facts.PodTrouble;
import io.ordinal.node.runtime.ContainerConfig;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.Image;
import io.ordinal.node.runtime.PodIdentity;
import io.ordinal.node.runtime.SandboxConfig;
import java.util.List;

/// What a machine gives to a pod: folders, volumes, a cgroup, files. Two implementations: this
/// machine, and the simulation, which gives nothing but the same answers.
public interface PodHost {

  /// Makes what the pod needs before its sandbox, or makes it true again.
  ///
  /// @throws PodTrouble when something is missing; it is asked again later
  void prepare(Pod pod) throws InterruptedException;

  /// Brings volumes up to date whose sources change while the pod runs.
  void refresh(Pod pod) throws InterruptedException;

  /// How the pod's sandbox is to be made.
  SandboxConfig sandbox(Pod pod, int attempt);

  /// How a container is to be made.
  ///
  /// @throws PodTrouble of reason `CreateContainerConfigError`
  ContainerConfig container(Pod pod, Container container, Place place);

  /// Where and from what a container is made.
  ///
  /// @param podIps the pod's addresses
  record Place(int attempt, Image image, List<String> podIps, SandboxConfig sandbox) {}

  /// What a container that ended left behind as its termination message, `""` for nothing.
  String lastWords(PodIdentity pod, ContainerStatus container);

  /// Removes the files of one container that was removed: its logs, its termination message.
  void forget(PodIdentity pod, ContainerStatus container);

  /// Undoes [#prepare], by what is on the disk alone. Containers' logs stay until [#forget].
  void cleanUp(PodIdentity pod) throws InterruptedException;

  /// Removes the last traces of a pod that is gone.
  void forget(PodIdentity pod);
}
