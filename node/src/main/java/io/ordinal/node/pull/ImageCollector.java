package io.ordinal.node.pull;

import io.ordinal.node.images.LocalImages;
import io.ordinal.node.runtime.ContainerRuntime;
import io.ordinal.node.runtime.ContainerRuntime.ImageFilesystem;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.Image;
import io.ordinal.node.runtime.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes images when the disk is more than 85 % full, until it is at 80 %: those longest unused
/// first, never one in use, a marked one, a pinned one, or one that came in the last two minutes.
public final class ImageCollector {
  private static final Logger log = LoggerFactory.getLogger(ImageCollector.class);
  private static final double FULL = 0.85;
  private static final double ENOUGH = 0.80;
  private static final Duration YOUNG = Duration.ofMinutes(2);

  private final ContainerRuntime runtime;
  private final LocalImages marked;
  private final InstantSource clock;
  private final Map<String, Instant> lastUsed = new HashMap<>();

  /// How a disk fares, so that tests can say.
  @FunctionalInterface
  public interface Disk {
    /// The used part, 0 to 1.
    double used(ImageFilesystem filesystem);

    /// The disk of the filesystem's mount point.
    Disk REAL =
        filesystem -> {
          try {
            var store = Files.getFileStore(Path.of(filesystem.mountpoint()));
            return 1 - (double) store.getUsableSpace() / store.getTotalSpace();
          } catch (IOException e) {
            return 0;
          }
        };
  }

  /// Collects the images of a runtime.
  public ImageCollector(ContainerRuntime runtime, LocalImages marked, InstantSource clock) {
    this.runtime = runtime;
    this.marked = marked;
    this.clock = clock;
  }

  /// Notes what is used, and removes what is too much.
  public void look(Disk disk) {
    var images = runtime.images();
    var used = inUse();
    var now = clock.instant();
    for (var image : images) {
      if (isUsed(image, used)) {
        lastUsed.put(image.id(), now);
      } else {
        lastUsed.putIfAbsent(image.id(), now);
      }
    }
    lastUsed.keySet().retainAll(images.stream().map(Image::id).toList());
    var filesystem = runtime.imageFilesystems().stream().findFirst();
    if (filesystem.isEmpty() || disk.used(filesystem.get()) < FULL) {
      return;
    }
    for (var image : candidates(images, used, now)) {
      if (disk.used(filesystem.get()) < ENOUGH) break;
      remove(image);
    }
  }

  private Set<String> inUse() {
    return runtime.containers(Map.of()).stream()
        .map(ContainerStatus::imageId)
        .collect(Collectors.toSet());
  }

  private static boolean isUsed(Image image, Set<String> used) {
    return used.contains(image.id())
        || image.digests().stream().anyMatch(used::contains)
        || image.tags().stream().anyMatch(used::contains);
  }

  private List<Image> candidates(List<Image> images, Set<String> used, Instant now) {
    return images.stream()
        .filter(image -> !image.pinned() && !isUsed(image, used))
        .filter(image -> image.tags().stream().noneMatch(marked::contains))
        .filter(image -> image.tags().stream().noneMatch(tag -> tag.contains("/pause:")))
        .filter(image -> lastUsed.getOrDefault(image.id(), now).plus(YOUNG).isBefore(now))
        .sorted(Comparator.comparing(image -> lastUsed.getOrDefault(image.id(), now)))
        .toList();
  }

  private void remove(Image image) {
    try {
      runtime.removeImage(image.id());
      log.info("removed image {}: the disk is nearly full", image.tags());
    } catch (RuntimeFailure e) {
      log.warn("image {} cannot be removed: {}", image.tags(), e.words());
    }
  }
}
