package io.ordinal.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite's native library, unpacked once per folder and version: left to itself, the driver
/// unpacks it to the temporary folder at every start.
final class NativeLibrary {

  private static final String PATH = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";

  private NativeLibrary() {}

  /// Has the driver load the library from a folder; without effect when it is loaded or told where
  /// already.
  static synchronized void prepare(Path folder) throws IOException {
    if (System.getProperty(PATH) != null) {
      return;
    }
    var name = LibraryLoaderUtil.getNativeLibName();
    var versioned = folder.resolve("sqlite-jdbc-" + SQLiteJDBCLoader.getVersion());
    var library = versioned.resolve(name);
    if (!Files.exists(library)) {
      unpack(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name, library);
    }
    System.setProperty(PATH, versioned.toString());
    System.setProperty(NAME, name);
  }

  private static void unpack(String resource, Path library) throws IOException {
    try (var packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (packed == null) {
        return; // no library for this machine: the driver says so better than we could
      }
      Files.createDirectories(library.getParent());
      var part = library.resolveSibling(library.getFileName() + ".part");
      Files.copy(packed, part, StandardCopyOption.REPLACE_EXISTING);
      // A name that is there counts as complete at each later start.
      new StoreFolder.Fresh(part, library).moveIntoPlace();
    }
  }
}
