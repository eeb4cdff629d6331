package io.ordinal.node.images;

import java.util.Locale;
import java.util.Optional;

/// An image reference with all that people leave out filled in, as Docker does it: `nginx` is
/// `docker.io/library/nginx:latest`.
///
/// @param repository with its registry, such as `docker.io/library/nginx`
/// @param tag empty when the reference has only a digest
/// @param digest empty, or `sha256:…`
public record ImageName(String repository, String tag, String digest) {
  private static final String HUB = "docker.io";

  /// Reads a reference as a user writes it.
  ///
  /// @throws IllegalArgumentException when it is not one
  public static ImageName parse(String reference) {
    var at = reference.indexOf('@');
    var digest = at < 0 ? "" : reference.substring(at + 1);
    var named = at < 0 ? reference : reference.substring(0, at);
    var colon = named.lastIndexOf(':');
    var tagged = colon > named.lastIndexOf('/');
    var path = tagged ? named.substring(0, colon) : named;
    var tag = tagged ? named.substring(colon + 1) : digest.isEmpty() ? "latest" : "";
    if (path.isEmpty()
        || (tagged && tag.isEmpty())
        || !path.equals(path.toLowerCase(Locale.ROOT))
        || path.contains(" ")) {
      throw new IllegalArgumentException(
          "couldn't parse image name \"" + reference + "\": invalid reference format");
    }
    return new ImageName(withRegistry(path), tag, digest);
  }

  /// As [#parse], empty when it is not a reference.
  public static Optional<ImageName> find(String reference) {
    try {
      return Optional.of(parse(reference));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String withRegistry(String path) {
    var slash = path.indexOf('/');
    if (slash < 0) {
      return HUB + "/library/" + path;
    }
    var first = path.substring(0, slash);
    if (!first.contains(".") && !first.contains(":") && !first.equals("localhost")) {
      return HUB + "/" + path;
    }
    var rest = path.substring(slash + 1);
    return first.equals(HUB) && !rest.contains("/") ? HUB + "/library/" + rest : path;
  }

  /// The reference with everything filled in.
  @Override
  public String toString() {
    return repository + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
  }
}
