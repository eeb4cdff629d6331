package io.ordinal.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/// What the agent needs of the node's pod network. Addresses are attached by the runtime (CNI),
/// which reports them with the sandbox; this says when that can work, and hears of pods that came
/// and went.
public interface PodNetwork {

  /// Why no pod can be attached now; empty when the network is ready. Host-network pods do not ask.
  Optional<String> notReady();

  /// The runtime handler whose CNI configuration is this node's, `""` for the runtime's own.
  String runtimeHandler();

  /// A pod's sandbox runs and has these addresses (also told again after a restart of the agent).
  /// Must be quick.
  void attached(Pod pod, List<String> addresses);

  /// A pod's sandbox is gone for good.
  void detached(String podUid);

  /// A network that is always ready and has nothing to do, as with simulated containers.
  PodNetwork NONE =
      new PodNetwork() {
        @Override
        public Optional<String> notReady() {
          return Optional.empty();
        }

        @Override
        public String runtimeHandler() {
          return "";
        }

        @Override
        public void attached(Pod pod, List<String> addresses) {}

        @Override
        public void detached(String podUid) {}
      };
}
