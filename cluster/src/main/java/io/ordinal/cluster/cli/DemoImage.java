package io.ordinal.cluster.cli;

import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.Timing;
import io.ordinal.cluster.UserError;
import io.ordinal.cluster.nodes.ContainerNodes;
import io.ordinal.node.cri.CriRuntime;
import io.ordinal.node.images.MachineImages;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.runtime.RuntimeFailure;
import java.io.IOException;
import java.util.Optional;

/// The image of the demo: the real one when a registry is in reach, else a stand-in that is made on
/// this machine.
final class DemoImage {

  private final Terminal terminal;
  private final DataFolder data;

  DemoImage(Terminal terminal, DataFolder data) {
    this.terminal = terminal;
    this.data = data;
  }

  void ensure() {
    var name = MachineImages.NGINX;
    try (var runtime = CriRuntime.at(Footprint.of(data.path()).containerdSocket())) {
      if (runtime.image(name).isPresent()) return;
      terminal.say("pulling %s", name);
      runtime.pullImage(name, Optional.empty());
    } catch (RuntimeFailure e) {
      makeStandIn();
    }
  }

  private void makeStandIn() {
    terminal.say(
        "no registry in reach: making a stand-in for nginx from busybox, marked as made on this machine");
    try {
      ContainerNodes.images(data.path(), Timing.real()).makeNginx();
    } catch (IOException e) {
      throw new UserError(UserError.MACHINE, String.valueOf(e.getMessage()));
    }
  }
}
