package io.ordinal.node.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An image that is present.
///
/// @param user the numeric user that it runs as, or null
/// @param userName the user by name, `""` when numeric or not said
public record Image(
    String id,
    List<String> tags,
    List<String> digests,
    long size,
    @Nullable Long user,
    String userName,
    boolean pinned) {

  /// What containerStatuses call the imageID: the digest where there is one.
  public String reference() {
    return digests.isEmpty() ? id : digests.getFirst();
  }
}
