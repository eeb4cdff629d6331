package io.ordinal.controllers.volume;

import java.io.IOException;

/// Where the data of local volumes lies: one directory for each, by the volume's name.
///
/// Names are made by the provisioner (`pvc-` and a uid); any other name is refused, so that nothing
/// a person writes into an object can point elsewhere.
public interface VolumeDirectories {
  /// The absolute path of a volume's directory, whether it is there or not.
  String pathOf(String name);

  /// Makes the directory; one that is there already stays as it is.
  void create(String name) throws IOException;

  /// Removes the directory with all that is in it; one that is gone already is no error.
  void erase(String name) throws IOException;
}
