package io.ordinal.cluster.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.cluster.UserError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs a command in a pod and waits for what it prints.
final class InPod {

  private static final int SECONDS = 30;

  private InPod() {}

  static String run(KubernetesClient client, String namespace, String pod, String... command) {
    var output = new ByteArrayOutputStream();
    var errors = new ByteArrayOutputStream();
    try (var exec =
        client
            .pods()
            .inNamespace(namespace)
            .withName(pod)
            .writingOutput(output)
            .writingError(errors)
            .exec(command)) {
      var code = exec.exitCode().get(SECONDS, TimeUnit.SECONDS);
      if (code != null && code == 0) return output.toString(StandardCharsets.UTF_8);
      throw failed(pod, command, errors.toString(StandardCharsets.UTF_8).strip());
    } catch (ExecutionException e) {
      throw failed(pod, command, String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      throw failed(pod, command, "no end within " + SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(pod, command, "interrupted");
    }
  }

  private static UserError failed(String pod, String[] command, String why) {
    return new UserError(
        UserError.CLUSTER, "'%s' in %s failed: %s".formatted(String.join(" ", command), pod, why));
  }
}
