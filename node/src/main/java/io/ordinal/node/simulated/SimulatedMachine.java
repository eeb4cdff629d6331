package io.ordinal.node.simulated;

import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.api.model.NodeSystemInfoBuilder;
import io.ordinal.node.Machine;
import io.ordinal.node.NodeConfig;
import java.util.Optional;

/// A computer that does not exist.
public final class SimulatedMachine implements Machine {
  private final String name;
  private final NodeConfig.Size size;

  /// It has what is said here.
  public SimulatedMachine(String name, NodeConfig.Size size) {
    this.name = name;
    this.size = size;
  }

  @Override
  public NodeConfig.Size size() {
    return size;
  }

  @Override
  public NodeSystemInfo info() {
    return new NodeSystemInfoBuilder()
        .withMachineID(name)
        .withSystemUUID(name)
        .withBootID(name)
        .withKernelVersion("none")
        .withOsImage("simulated")
        .withOperatingSystem("linux")
        .withArchitecture("amd64")
        .build();
  }

  @Override
  public Pressure pressure() {
    return Pressure.NONE;
  }

  @Override
  public Optional<String> simulated() {
    return Optional.of("containers of this node are simulated: nothing really runs here");
  }
}
