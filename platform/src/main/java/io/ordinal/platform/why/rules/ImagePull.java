package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.*;

import io.ordinal.platform.why.facts.Cause;
import io.ordinal.platform.why.facts.Event;
import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Resource;
import java.util.Set;
import java.util.stream.Stream;

/// The image does not come: wrong name, no such image, no right to it, no way to it.
final class ImagePull implements ContainerRule {

  private static final Set<String> REASONS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "ErrImageNeverPull",
          "InvalidImageName",
          "ImageInspectError",
          "RegistryUnavailable",
          "SignatureValidationFailed");

  @Override
  public Stream<Finding> judge(ContainerView container) {
    if (!REASONS.contains(container.waiting())) return Stream.empty();
    var said = said(container);
    var cause = cause(container.waiting(), said);
    var field = cause == IMAGE_NEVER_PULLED ? "imagePullPolicy" : "image";
    var found = container.finding(cause, field).with("message", said);
    return cause == IMAGE_DENIED
        ? Stream.concat(secret(container), Stream.of(found))
        : Stream.of(found);
  }

  /// A kubelet that backs off says why only in the event of the failed pull.
  private static String said(ContainerView container) {
    return container
        .latest(event ->
            event.reason().equals("Failed") && event.message().startsWith("Failed to pull image"))
        .map(Event::message)
        .orElse(container.waitingMessage());
  }

  private static Cause cause(String reason, String said) {
    if (reason.equals("ErrImageNeverPull")) return IMAGE_NEVER_PULLED;
    if (reason.equals("InvalidImageName")) return IMAGE_NAME_INVALID;
    if (Words.says(said, "toomanyrequests", "429 too many")) return REGISTRY_LIMIT;
    if (Words.says(said, "no space left on device")) return IMAGE_DISK_FULL;
    if (Words.says(said, "no match for platform", "no matching manifest")) return IMAGE_PLATFORM;
    if (Words.says(
        said,
        "unauthorized",
        "authentication required",
        "access denied",
        "forbidden",
        "no basic auth credentials",
        "authorization failed")) {
      return IMAGE_DENIED;
    }
    if (Words.says(
        said,
        "no such host",
        "dial tcp",
        "i/o timeout",
        "connection refused",
        "x509:",
        "tls: ",
        "server misbehaving",
        "network is unreachable",
        "deadline exceeded")) {
      return REGISTRY_UNREACHABLE;
    }
    if (Words.says(said, "not found", "manifest unknown", "does not exist", "name unknown")) {
      return IMAGE_NOT_FOUND;
    }
    return IMAGE_PULL_FAILED;
  }

  /// Whoever is refused may have wanted to show credentials that are not there.
  private static Stream<Finding> secret(ContainerView container) {
    return container.pod().list("/spec/imagePullSecrets").stream()
        .map(reference -> reference.path("name").asString(""))
        .filter(name -> container.scene().isMissing(Resource.SECRETS, name))
        .map(name ->
            Finding.of(PULL_SECRET_MISSING, container.pod(), "spec.imagePullSecrets")
                .with("secret", name));
  }
}
