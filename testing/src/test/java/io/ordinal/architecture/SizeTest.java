package io.ordinal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.LineNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Files under 500 lines, methods under 50: what grows beyond has more than one subject.
class SizeTest {

  private static final int FILE_LINES = 500;
  private static final int METHOD_LINES = 50;

  @Test
  void filesHoldOneSubject() {
    assertThat(Modules.sources().filter(file -> lines(file).size() > FILE_LINES)).isEmpty();
  }

  @Test
  void methodsFitOnAScreen() {
    var longOnes = new ArrayList<String>();
    Modules.classFiles().forEach(file -> longOnes.addAll(longMethods(file)));
    assertThat(longOnes).isEmpty();
  }

  @Test
  void testsDoNotSleep() {
    var sleep = "Thread" + ".sleep(";
    assertThat(
            Modules.testSources()
                .filter(file -> lines(file).stream().anyMatch(line -> line.contains(sleep))))
        .isEmpty();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> longMethods(Path file) {
    ClassModel type;
    try {
      type = ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (isGenerated(type)) return List.of();
    return type.methods().stream()
        .filter(method -> !method.methodName().stringValue().startsWith("<"))
        .filter(method -> method.code().map(SizeTest::span).orElse(0) > METHOD_LINES)
        .map(method -> type.thisClass().asInternalName() + "." + method.methodName())
        .toList();
  }

  /// Code that a compiler of message definitions wrote has no budget: nobody reads it.
  private static boolean isGenerated(ClassModel type) {
    return type.thisClass().asInternalName().contains("/wire/");
  }

  /// From the first line with code to the last one.
  private static int span(CodeModel code) {
    var lines =
        code.elementStream()
            .flatMap(e -> e instanceof LineNumber n ? Stream.of(n.line()) : Stream.<Integer>empty())
            .toList();
    if (lines.isEmpty()) return 0;
    var first = lines.stream().mapToInt(Integer::intValue).min().orElseThrow();
    var last = lines.stream().mapToInt(Integer::intValue).max().orElseThrow();
    return last - first + 1;
  }
}
