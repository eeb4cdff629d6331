package io.ordinal.controllers.volume;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// Directories that exist only in memory, for clusters whose containers are simulated.
public final class RememberedDirectories implements VolumeDirectories {
  private static final String FOLDER = "/volumes/";

  private final Set<String> names = new ConcurrentSkipListSet<>();

  @Override
  public String pathOf(String name) {
    return FOLDER + VolumeNames.checked(name);
  }

  @Override
  public void create(String name) {
    names.add(VolumeNames.checked(name));
  }

  @Override
  public void erase(String name) {
    names.remove(VolumeNames.checked(name));
  }

  /// The directories that are there now.
  public Set<String> names() {
    return Set.copyOf(names);
  }
}
