package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// Annotations that containers carry, so that an agent that starts anew knows what it once decided.
public final class Annotations {
  /// What a change of which restarts a container.
  public static final String HASH = "io.kubernetes.container.hash";

  /// How often it was started before.
  public static final String RESTART_COUNT = "io.kubernetes.container.restartCount";

  /// Where in the container its last words are written.
  public static final String TERMINATION_MESSAGE_PATH =
      "io.kubernetes.container.terminationMessagePath";

  /// Whether the log speaks when the container did not.
  public static final String TERMINATION_MESSAGE_POLICY =
      "io.kubernetes.container.terminationMessagePolicy";

  /// How long the pod's containers are given to end.
  public static final String TERMINATION_GRACE_PERIOD = "io.kubernetes.pod.terminationGracePeriod";

  private Annotations() {}

  /// Of all a container's fields only its image may change in a running pod.
  public static String hash(Container container) {
    var crc = new CRC32C();
    crc.update(
        (container.getName() + "\0" + container.getImage()).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
