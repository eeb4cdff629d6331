package io.ordinal.node.pull;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.node.facts.PodEvents;
import io.ordinal.node.facts.PodTrouble;
import io.ordinal.node.images.ImageName;
import io.ordinal.node.images.LocalImages;
import io.ordinal.node.runtime.ContainerRuntime;
import io.ordinal.node.runtime.Image;
import io.ordinal.node.runtime.RegistryCredentials;
import io.ordinal.node.runtime.RuntimeFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes sure that a container's image is here, by its pull policy (contract M8).
///
/// One rule is our own: an image that was put on this machine on purpose (see [LocalImages]) counts
/// as pulled, also for policy Always, and the event says so.
public final class ImagePuller {
  /// Reasons whose events are told here.
  public static final Set<String> REPORTED =
      Set.of("ErrImagePull", "ErrImageNeverPull", "InvalidImageName", "ImageInspectError");

  private final ContainerRuntime runtime;
  private final LocalImages local;
  private final PullSecrets secrets;
  private final PodEvents events;
  private final InstantSource clock;

  /// Pulls by a runtime, with the secrets that pods name.
  public ImagePuller(
      ContainerRuntime runtime,
      LocalImages local,
      PullSecrets secrets,
      PodEvents events,
      InstantSource clock) {
    this.runtime = runtime;
    this.local = local;
    this.secrets = secrets;
    this.events = events;
    this.clock = clock;
  }

  /// The image, pulled if its policy wants that.
  ///
  /// @throws PodTrouble with the waiting reason
  public Image ensure(Pod pod, Container container) throws InterruptedException {
    var reference = reference(pod, container);
    var present = find(pod, container, reference);
    if (present.isPresent() && local.contains(container.getImage())) {
      events.normal(
          pod,
          container.getName(),
          "Pulled",
          "Container image \"%s\" was put on this machine on purpose and counts as pulled"
              .formatted(container.getImage()));
      return present.get();
    }
    return switch (policy(container, reference)) {
      case "Never" -> present.orElseThrow(() -> never(pod, container));
      case "Always" -> pull(pod, container, reference);
      default ->
          present.isPresent()
              ? already(pod, container, present.get())
              : pull(pod, container, reference);
    };
  }

  private static String policy(Container container, ImageName reference) {
    var policy = container.getImagePullPolicy();
    if (policy != null) {
      return policy;
    }
    return reference.tag().equals("latest") ? "Always" : "IfNotPresent";
  }

  private ImageName reference(Pod pod, Container container) {
    try {
      return ImageName.parse(container.getImage());
    } catch (IllegalArgumentException e) {
      var message =
          "Failed to apply default image tag \"%s\": %s"
              .formatted(container.getImage(), e.getMessage());
      events.warning(pod, container.getName(), "InspectFailed", message);
      throw new PodTrouble("InvalidImageName", message, e);
    }
  }

  private Optional<Image> find(Pod pod, Container container, ImageName reference) {
    try {
      return runtime.image(reference.toString());
    } catch (RuntimeFailure e) {
      var message = "Failed to inspect image \"%s\": %s".formatted(container.getImage(), e.words());
      events.warning(pod, container.getName(), "InspectFailed", message);
      throw new PodTrouble("ImageInspectError", message, e);
    }
  }

  private PodTrouble never(Pod pod, Container container) {
    var message =
        "Container image \"%s\" is not present with pull policy of Never"
            .formatted(container.getImage());
    events.warning(pod, container.getName(), "ErrImageNeverPull", message);
    return new PodTrouble("ErrImageNeverPull", message);
  }

  private Image already(Pod pod, Container container, Image image) {
    events.normal(
        pod,
        container.getName(),
        "Pulled",
        "Container image \"%s\" already present on machine".formatted(container.getImage()));
    return image;
  }

  private Image pull(Pod pod, Container container, ImageName reference)
      throws InterruptedException {
    var name = container.getName();
    var image = container.getImage();
    events.normal(pod, name, "Pulling", "Pulling image \"%s\"".formatted(image));
    var begun = clock.instant();
    try {
      tryEach(reference, secrets.of(pod, reference));
    } catch (RuntimeFailure e) {
      if (e.kind() == RuntimeFailure.Kind.INTERRUPTED) {
        throw e;
      }
      var message = "Failed to pull image \"%s\": %s".formatted(image, e.words());
      events.warning(pod, name, "Failed", message);
      events.warning(pod, name, "Failed", "Error: ErrImagePull");
      throw new PodTrouble("ErrImagePull", e.words(), e);
    }
    var pulled = find(pod, container, reference).orElseThrow(() -> vanished(image));
    var took = Duration.between(begun, clock.instant()).toMillis() + "ms";
    events.normal(
        pod,
        name,
        "Pulled",
        "Successfully pulled image \"%s\" in %s (%s including waiting). Image size: %d bytes."
            .formatted(image, took, took, pulled.size()));
    return pulled;
  }

  private static PodTrouble vanished(String image) {
    return new PodTrouble(
        "ImageInspectError", "image \"" + image + "\" was pulled but is not there");
  }

  /// Several secrets may fit: each is tried, the last refusal is told.
  private void tryEach(ImageName reference, List<RegistryCredentials> credentials) {
    var attempts = new ArrayList<Optional<RegistryCredentials>>();
    credentials.forEach(c -> attempts.add(Optional.of(c)));
    if (attempts.isEmpty()) attempts.add(Optional.empty());
    RuntimeFailure last = null;
    for (var attempt : attempts) {
      try {
        runtime.pullImage(reference.toString(), attempt);
        return;
      } catch (RuntimeFailure e) {
        if (e.kind() == RuntimeFailure.Kind.INTERRUPTED) throw e;
        last = e;
      }
    }
    if (last != null) throw last;
  }
}
