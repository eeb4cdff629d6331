package io.ordinal.cluster.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.UserError;
import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.why.Answer;
import io.ordinal.platform.why.ClientSource;
import io.ordinal.platform.why.Kind;
import io.ordinal.platform.why.Sentences;
import io.ordinal.platform.why.Sentences.Language;
import io.ordinal.platform.why.Why;
import io.ordinal.platform.why.facts.Finding;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// `ordinal why OBJECT`: what keeps a pod, a claim or a StatefulSet waiting, and what to do about
/// it.
final class WhyCommand {

  private static final int READY = 0;
  private static final int NOT_READY = 1;
  private static final int NO_ANSWER = 400;
  private static final int NOT_NOW = 500;

  private final Terminal terminal;
  private final Language language;

  /// It speaks the language of the environment.
  WhyCommand(Terminal terminal) {
    this(terminal, languageOf(Terminal.locale("LC_MESSAGES", System::getenv)));
  }

  WhyCommand(Terminal terminal, Language language) {
    this.terminal = terminal;
    this.language = language;
  }

  static Language languageOf(String locale) {
    return locale.startsWith("zh") ? Language.ZH : Language.EN;
  }

  int run(ParseResult call) {
    LogFiles.quiet();
    var object = Options.nameOf(call);
    var namespace = Options.namespaceOf(call);
    var file = Options.kubeconfigOf(call);
    if (file.isEmpty()) {
      var data = new DataFolder(Options.dataOf(call));
      return Remote.ask(data, client -> ask(client, namespace, object));
    }
    var other = OtherCluster.read(file.get());
    // Somebody waits for the answer, and ten times would take minutes.
    other.config().setRequestRetryBackoffLimit(1);
    try (var client = other.client()) {
      return ask(client, namespace, object);
    } catch (KubernetesClientException e) {
      if (e.getCode() >= NO_ANSWER) throw e;
      throw new UserError(
          UserError.CLUSTER,
          "--kubeconfig %s: its cluster does not answer: %s".formatted(file.get(), e.getMessage()));
    }
  }

  /// @param object `KIND/NAME`; a name alone is a StatefulSet's
  int ask(KubernetesClient client, Optional<String> namespace, String object) {
    var slash = object.indexOf('/');
    var kind =
        slash < 0
            ? Kind.STATEFUL_SET
            : Kind.named(object.substring(0, slash))
                .orElseThrow(() ->
                    new UserError("OBJECT must be sts/NAME, pod/NAME or pvc/NAME: " + object));
    var where = namespace.or(() -> Optional.ofNullable(client.getNamespace())).orElse("default");
    try {
      var answer =
          new Why(new ClientSource(client), Clock.systemUTC())
              .ask(kind, where, object.substring(slash + 1));
      print(answer);
      return answer.ready() ? READY : NOT_READY;
    } catch (Refusal e) {
      if (e.code() >= NOT_NOW) {
        throw new UserError(UserError.CLUSTER, String.valueOf(e.getMessage()));
      }
      throw new UserError("%s (in namespace %s)".formatted(e.getMessage(), where));
    }
  }

  private void print(Answer answer) {
    answer.items().forEach(this::print);
    if (answer.unseen().isEmpty()) return;
    terminal.say(
        "%s: %s",
        said("not seen, for want of rights", "因权限不足未能查看"), String.join(", ", answer.unseen()));
  }

  private void print(Answer.Item item) {
    var state = item.ready() ? said("ready", "已就绪") : said("not ready", "未就绪");
    terminal.say("%s: %s", item.object(), state);
    var findings = item.findings();
    if (findings.isEmpty()) return;
    var first = findings.getFirst();
    terminal.say("  %s", Sentences.text(first, language));
    var where = first.field().isEmpty() ? first.object() : first.object() + " " + first.field();
    terminal.say("  %s: %s", said("where", "位置"), where);
    terminal.say("  %s: %s", said("next", "建议"), Sentences.next(first, language));
    findings.stream().skip(1).forEach(this::printOther);
  }

  private void printOther(Finding other) {
    terminal.say("  %s: %s", said("also", "另外"), Sentences.text(other, language));
  }

  private String said(String english, String chinese) {
    return language == Language.EN ? english : chinese;
  }
}
