package io.ordinal.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The picture in docs/architecture.md, held against the code.
class ArchitectureTest {

  private static final Set<String> PARTS =
      Set.of("http", "schema", "store", "server", "kube", "controllers", "node", "platform");

  /// Which of our modules a module may see. What is not listed is refused.
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry("http", Set.of()),
          entry("schema", Set.of()),
          entry("store", Set.of()),
          entry("server", Set.of("http", "schema", "store")),
          entry("kube", Set.of()),
          entry("controllers", Set.of("kube")),
          entry("node", Set.of("kube")),
          entry("platform", Set.of("http", "kube")),
          entry("cluster", PARTS),
          entry("bench", with(PARTS, "cluster")),
          entry("testing", with(PARTS, "cluster")));

  private static final JavaClasses ALL = new ClassFileImporter().importPaths(Modules.classes());

  @Test
  void everyModuleOfTheBuildIsInThePicture() {
    var found = new TreeSet<String>();
    Modules.classes()
        .forEach(path -> found.add(path.getParent().getParent().getFileName().toString()));
    assertThat(found).isEqualTo(new TreeSet<>(ARROWS.keySet()));
  }

  @Test
  void modulesSeeOnlyWhatTheArrowsAllow() {
    ARROWS.forEach((module, allowed) -> {
      var refused =
          ARROWS.keySet().stream()
              .filter(other -> !other.equals(module) && !allowed.contains(other))
              .map(other -> "io.ordinal." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("io.ordinal." + module + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(refused)
          .check(ALL);
    });
  }

  @Test
  void librariesStayInTheirModules() {
    only(Set.of("store"), "org.sqlite..", "java.sql..");
    only(Set.of("platform"), "com.nimbusds..");
    only(Set.of("http", "server", "platform", "bench"), "org.eclipse.jetty..");
    only(Set.of("node"), "io.grpc..", "io.netty..", "org.xbill..");
    only(Set.of("cluster", "platform", "bench"), "org.bouncycastle..");
  }

  @Test
  void packagesHaveNoCycles() {
    for (var module : ARROWS.keySet()) {
      slices()
          .matching("io.ordinal." + module + ".(**)")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(ALL);
    }
  }

  @Test
  void onlyTheAssemblyAsksTheWallClockAndChance() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.ordinal.cluster..", "io.ordinal.bench..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Math.class, "random")
        .check(ALL);
  }

  private static Set<String> with(Set<String> modules, String another) {
    var all = new TreeSet<>(modules);
    all.add(another);
    return all;
  }

  private static void only(Set<String> modules, String... packages) {
    noClasses()
        .that()
        .resideInAPackage("io.ordinal..")
        .and()
        .resideOutsideOfPackages(
            modules.stream().map(module -> "io.ordinal." + module + "..").toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .check(ALL);
  }
}
