package io.ordinal.node.images;

import java.time.Instant;

/// An image that somebody put on this machine on purpose.
///
/// @param name in full, such as `docker.io/library/nginx:latest`
/// @param digest of its manifest or index, `sha256:…`; empty when it is not known
/// @param since when it was put here
/// @param origin for people: the file it came from, or what made it
public record LocalImage(String name, String digest, Instant since, String origin) {

  /// Whether a reference, in any spelling, means this image.
  boolean answersTo(ImageName reference) {
    var own = ImageName.parse(name);
    if (!own.repository().equals(reference.repository())) {
      return false;
    }
    return reference.digest().isEmpty()
        ? own.tag().equals(reference.tag())
        : reference.digest().equals(digest);
  }
}
