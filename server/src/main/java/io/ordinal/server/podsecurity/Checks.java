package io.ordinal.server.podsecurity;

import static io.ordinal.server.podsecurity.Level.BASELINE;
import static io.ordinal.server.podsecurity.Level.RESTRICTED;
import static io.ordinal.server.podsecurity.RestrictedChecks.unlessForWindows;
import static io.ordinal.server.podsecurity.RestrictedChecks.unlessUsersAreItsOwn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// All controls, and since which version of Kubernetes each is as it is. The order is that in which
/// violations are told.
final class Checks {
  /// The version whose contract is kept: later ones are not known yet.
  private static final int NEWEST = 36;

  /// @param since the minor version from which on it replaces an older row of its name
  /// @param instead the baseline control that a restricted one stands for
  private record Row(String name, Level level, int since, Check check, String instead) {}

  private static final Set<String> SYSCTLS =
      Set.of(
          "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.tcp_syncookies",
          "net.ipv4.ping_group_range",
          "net.ipv4.ip_unprivileged_port_start");
  private static final Set<String> SYSCTLS_27 = and(SYSCTLS, "net.ipv4.ip_local_reserved_ports");
  private static final Set<String> SYSCTLS_29 =
      and(
          SYSCTLS_27,
          "net.ipv4.tcp_keepalive_time",
          "net.ipv4.tcp_fin_timeout",
          "net.ipv4.tcp_keepalive_intvl",
          "net.ipv4.tcp_keepalive_probes");
  private static final Set<String> SYSCTLS_32 =
      and(SYSCTLS_29, "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem");
  private static final Set<String> SELINUX =
      Set.of("", "container_t", "container_init_t", "container_kvm_t");
  private static final Set<String> SELINUX_31 = and(SELINUX, "container_engine_t");

  private static final List<Row> ROWS =
      List.of(
          baseline("appArmorProfile", 0, ProfileChecks::appArmor),
          baseline("capabilities_baseline", 0, BaselineChecks::capabilities),
          baseline("hostNamespaces", 0, BaselineChecks::hostNamespaces),
          baseline("hostPathVolumes", 0, BaselineChecks::hostPathVolumes),
          baseline("hostPorts", 0, BaselineChecks::hostPorts),
          baseline("hostProbesAndHostLifecycle", 34, BaselineChecks::hostsOfProbes),
          baseline("privileged", 0, BaselineChecks::privileged),
          baseline("procMount", 0, BaselineChecks::procMount),
          baseline("procMount", 35, unlessUsersAreItsOwn(BaselineChecks::procMount)),
          baseline("seLinuxOptions", 0, ProfileChecks.seLinux(SELINUX)),
          baseline("seLinuxOptions", 31, ProfileChecks.seLinux(SELINUX_31)),
          baseline("seccompProfile_baseline", 0, ProfileChecks::seccompAnnotations),
          baseline("seccompProfile_baseline", 19, ProfileChecks::seccomp),
          baseline("sysctls", 0, BaselineChecks.sysctls(SYSCTLS)),
          baseline("sysctls", 27, BaselineChecks.sysctls(SYSCTLS_27)),
          baseline("sysctls", 29, BaselineChecks.sysctls(SYSCTLS_29)),
          baseline("sysctls", 32, BaselineChecks.sysctls(SYSCTLS_32)),
          baseline("windowsHostProcess", 0, BaselineChecks::windowsHostProcess),
          restricted("allowPrivilegeEscalation", 8, RestrictedChecks::allowPrivilegeEscalation, ""),
          restricted(
              "allowPrivilegeEscalation",
              25,
              unlessForWindows(RestrictedChecks::allowPrivilegeEscalation),
              ""),
          restricted(
              "capabilities_restricted",
              22,
              RestrictedChecks::capabilities,
              "capabilities_baseline"),
          restricted(
              "capabilities_restricted",
              25,
              unlessForWindows(RestrictedChecks::capabilities),
              "capabilities_baseline"),
          restricted("procMount_restricted", 35, BaselineChecks::procMount, "procMount"),
          restricted("restrictedVolumes", 0, RestrictedChecks::volumes, "hostPathVolumes"),
          restricted("runAsNonRoot", 0, RestrictedChecks::runAsNonRoot, ""),
          restricted("runAsNonRoot", 35, unlessUsersAreItsOwn(RestrictedChecks::runAsNonRoot), ""),
          restricted("runAsUser", 23, RestrictedChecks::runAsUser, ""),
          restricted("runAsUser", 35, unlessUsersAreItsOwn(RestrictedChecks::runAsUser), ""),
          restricted(
              "seccompProfile_restricted",
              19,
              ProfileChecks::seccompRequired,
              "seccompProfile_baseline"),
          restricted(
              "seccompProfile_restricted",
              25,
              unlessForWindows(ProfileChecks::seccompRequired),
              "seccompProfile_baseline"));

  private static final Map<Standard, List<Check>> BY_STANDARD = new ConcurrentHashMap<>();

  private Checks() {}

  private static Row baseline(String name, int since, Check check) {
    return new Row(name, BASELINE, since, check, "");
  }

  private static Row restricted(String name, int since, Check check, String instead) {
    return new Row(name, RESTRICTED, since, check, instead);
  }

  private static Set<String> and(Set<String> some, String... more) {
    var all = new TreeSet<>(some);
    all.addAll(List.of(more));
    return all;
  }

  /// What a pod violates of a standard.
  static List<Finding> findings(Standard standard, Subject pod) {
    var findings = new ArrayList<Finding>();
    for (var check : of(standard)) check.of(pod).ifPresent(findings::add);
    return findings;
  }

  private static List<Check> of(Standard standard) {
    var known = standard.of(Math.min(standard.minor(), NEWEST));
    return BY_STANDARD.computeIfAbsent(known, Checks::select);
  }

  private static List<Check> select(Standard standard) {
    var rows = new LinkedHashMap<String, Row>();
    var replaced = new HashSet<String>();
    for (var row : ROWS) {
      if (row.since > standard.minor() || row.level.compareTo(standard.level()) > 0) continue;
      rows.put(row.name, row);
      replaced.add(row.instead);
    }
    rows.keySet().removeAll(replaced);
    return rows.values().stream().map(Row::check).toList();
  }
}
