package io.ordinal.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The modules as they lie on the disk, beside the one whose tests run.
final class Modules {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Modules() {}

  /// The compiled main classes of every module.
  static List<Path> classes() {
    return below("target/classes");
  }

  /// Every Java source file, tests included.
  static Stream<Path> sources() {
    return Stream.concat(below("src/main/java").stream(), below("src/test/java").stream())
        .flatMap(Modules::javaFiles);
  }

  /// Every Java source file of tests.
  static Stream<Path> testSources() {
    return below("src/test/java").stream().flatMap(Modules::javaFiles);
  }

  /// Every compiled class of the main code.
  static Stream<Path> classFiles() {
    return classes().stream().flatMap(folder -> files(folder, ".class"));
  }

  private static List<Path> below(String folder) {
    try (var modules = Files.list(ROOT)) {
      return modules.map(module -> module.resolve(folder)).filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    return files(folder, ".java");
  }

  private static Stream<Path> files(Path folder, String ending) {
    try (var found = Files.walk(folder)) {
      return found.filter(file -> file.toString().endsWith(ending)).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
