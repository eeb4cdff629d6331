package io.ordinal.node.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MachineChecksTest {
  private static final Set<String> PROGRAMS =
      Set.of("containerd", "ctr", "runc", "nft", "ip", "mount", "setsid", "busybox");

  private record Described(boolean isRoot, Set<String> programs, boolean kernel)
      implements MachineChecks.Probe {
    @Override
    public Optional<Path> find(String program) {
      return programs.contains(program) ? Optional.of(Path.of("/bin", program)) : Optional.empty();
    }

    @Override
    public boolean exists(Path path) {
      return path.startsWith("/usr/lib/cni") || path.startsWith("/sys");
    }

    @Override
    public boolean works(String script) {
      return kernel;
    }
  }

  @Test
  void aCompleteMachineHasNothingToMend() {
    assertThat(MachineChecks.run(new Described(true, PROGRAMS, true)))
        .allMatch(each -> each.ok() && each.mend().isEmpty());
  }

  @Test
  void whatIsMissingComesWithTheCommandThatMendsIt() {
    var found = MachineChecks.run(new Described(true, Set.of("ip"), false));
    assertThat(bad(found))
        .contains("containerd", "runc", "nft", "busybox", "kernel: nftables with NAT")
        .doesNotContain("ip", "CNI plugins");
    assertThat(found).contains(new Finding(false, "nft", "apt-get install nftables"));
  }

  @Test
  void withoutRootTheKernelIsNotTried() {
    assertThat(bad(MachineChecks.run(new Described(false, PROGRAMS, false))))
        .containsExactly("root rights");
  }

  private static List<String> bad(List<Finding> findings) {
    return findings.stream().filter(each -> !each.ok()).map(Finding::what).toList();
  }
}
