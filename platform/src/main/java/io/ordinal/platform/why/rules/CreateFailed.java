package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.*;

import io.ordinal.platform.why.facts.Cause;
import io.ordinal.platform.why.facts.Finding;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The API server refuses the set's next pod or claim: a quota, a policy, something that is
/// missing.
final class CreateFailed implements SetRule {

  private static final Pattern QUOTA = Pattern.compile("(?:exceeded|failed) quota: ([^,:\\s]+)");
  private static final Pattern ACCOUNT = Pattern.compile("serviceaccount \"([^\"]+)\" not found");
  private static final Pattern PRIORITY = Pattern.compile("PriorityClass with name (\\S+) was");
  private static final Pattern WEBHOOK = Pattern.compile("webhook \"([^\"]+)\"");
  private static final Pattern DETAILS =
      Pattern.compile("(?:failed error: |is forbidden: |is invalid: )(.*)$", Pattern.DOTALL);

  private record Phrase(String words, Cause cause, String field) {}

  private static final List<Phrase> PHRASES =
      List.of(
          new Phrase("exceeded quota", QUOTA_EXCEEDED, "spec.replicas"),
          new Phrase("failed quota", QUOTA_NEEDS, "spec.template.spec.containers[*].resources"),
          new Phrase("violates podsecurity", POD_SECURITY, "spec.template.spec.securityContext"),
          new Phrase("usage per", LIMIT_RANGE, "spec.template.spec.containers[*].resources"),
          new Phrase("to request ratio", LIMIT_RANGE, "spec.template.spec.containers[*].resources"),
          new Phrase(
              "serviceaccount \"",
              SERVICE_ACCOUNT_MISSING,
              "spec.template.spec.serviceAccountName"),
          new Phrase(
              "priorityclass", PRIORITY_CLASS_MISSING, "spec.template.spec.priorityClassName"),
          new Phrase("failed calling webhook", WEBHOOK_SILENT, "spec.template"),
          new Phrase("denied the request", WEBHOOK_DENIED, "spec.template"),
          new Phrase("being terminated", NAMESPACE_ENDING, "metadata.namespace"),
          new Phrase("is invalid", POD_INVALID, "spec.template.spec"));

  @Override
  public Stream<Finding> judge(SetView set) {
    var missing = set.firstMissing();
    if (missing.isEmpty()) return Stream.empty();
    return set
        .scene()
        .latest(
            set.set(),
            event -> List.of("FailedCreate", "SuccessfulCreate").contains(event.reason()))
        .filter(event -> event.reason().equals("FailedCreate"))
        .map(event -> finding(set, event.message()).with("pod", missing.get()))
        .stream();
  }

  private static Finding finding(SetView set, String said) {
    var phrase =
        PHRASES.stream()
            .filter(each -> Words.says(said, each.words()))
            .findFirst()
            .orElse(new Phrase("", CREATE_FAILED, "spec.template"));
    return set.finding(phrase.cause(), phrase.field())
        .with("message", Words.find(DETAILS, said).orElse(said))
        .with("quota", Words.find(QUOTA, said).orElse(""))
        .with("missing", Words.find(ACCOUNT, said).or(() -> Words.find(PRIORITY, said)).orElse(""))
        .with("webhook", Words.find(WEBHOOK, said).orElse(""));
  }
}
