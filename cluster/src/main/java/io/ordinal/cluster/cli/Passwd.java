package io.ordinal.cluster.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.UserError;
import io.ordinal.platform.Platform;
import io.ordinal.platform.answer.Refusal;
import java.security.SecureRandom;
import java.time.Clock;
import picocli.CommandLine.ParseResult;

/// `ordinal passwd`: whoever may read the administrator's kubeconfig may let people in again.
final class Passwd {

  private final Terminal terminal;

  Passwd(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(ParseResult call) {
    LogFiles.quiet();
    var user = Options.nameOf(call);
    var file = Options.kubeconfigOf(call);
    if (file.isPresent()) {
      try (var client = OtherCluster.read(file.get()).client()) {
        return reset(client, user);
      }
    }
    return Remote.ask(new DataFolder(Options.dataOf(call)), client -> reset(client, user));
  }

  private int reset(KubernetesClient client, String user) {
    try {
      var password = Platform.resetPassword(client, Clock.systemUTC(), new SecureRandom(), user);
      terminal.say("the one-time password of %s is %s", user, password);
      terminal.say("it has to be changed at the next sign-in; all sessions and tokens have ended");
      return 0;
    } catch (Refusal e) {
      throw new UserError(String.valueOf(e.getMessage()));
    }
  }
}
