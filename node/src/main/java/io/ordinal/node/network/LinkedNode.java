package io.ordinal.node.network;

import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.node.PodNetwork;
import io.ordinal.node.machine.NodeLink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One logical node's view of the network.
record LinkedNode(NodeLink link, MachinePorts ports) implements PodNetwork {
  @Override
  public Optional<String> notReady() {
    return Files.exists(Path.of("/sys/class/net", link.bridge()))
        ? Optional.empty()
        : Optional.of(
            "the bridge "
                + link.bridge()
                + " of this node is gone; a restart of Ordinal makes it again");
  }

  @Override
  public String runtimeHandler() {
    return link.node();
  }

  @Override
  public void attached(Pod pod, List<String> addresses) {
    ports.attached(pod, link, addresses);
  }

  @Override
  public void detached(String podUid) {
    ports.detached(podUid);
  }
}
