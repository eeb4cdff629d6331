package io.ordinal.server.podsecurity;

import static io.ordinal.server.podsecurity.Finding.containers;
import static io.ordinal.server.podsecurity.Finding.plural;
import static io.ordinal.server.podsecurity.Finding.quoted;
import static io.ordinal.server.podsecurity.Finding.uses;
import static io.ordinal.server.podsecurity.Subject.context;
import static io.ordinal.server.podsecurity.Subject.setters;

import io.ordinal.server.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What nobody needs who does not run the node: known ways out of a container.
final class BaselineChecks {
  private static final Set<String> CAPABILITIES =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  private BaselineChecks() {}

  static Optional<Finding> capabilities(Subject pod) {
    var added = new TreeSet<String>();
    var bad =
        pod.where(container -> {
          var more = new ArrayList<>(Tree.texts(context(container), "capabilities", "add"));
          more.removeAll(CAPABILITIES);
          added.addAll(more);
          return !more.isEmpty();
        });
    if (bad.isEmpty()) return Optional.empty();
    return Finding.of(
        "non-default capabilities",
        "%s must not include %s in securityContext.capabilities.add"
            .formatted(containers(bad), quoted(added)));
  }

  static Optional<Finding> hostNamespaces(Subject pod) {
    var shared =
        Stream.of("hostNetwork", "hostPID", "hostIPC")
            .filter(field -> Tree.flag(pod.spec(), field))
            .map(field -> field + "=true")
            .toList();
    return shared.isEmpty()
        ? Optional.empty()
        : Finding.of("host namespaces", String.join(", ", shared));
  }

  static Optional<Finding> hostPathVolumes(Subject pod) {
    var bad =
        Tree.objects(pod.spec(), "volumes").stream()
            .filter(volume -> Tree.has(volume, "hostPath"))
            .map(volume -> Tree.text(volume, "name"))
            .toList();
    return bad.isEmpty()
        ? Optional.empty()
        : Finding.of("hostPath volumes", plural("volume", bad.size()) + " " + quoted(bad));
  }

  static Optional<Finding> hostPorts(Subject pod) {
    var ports = new TreeSet<String>();
    var bad =
        pod.where(container -> {
          var own =
              Tree.objects(container, "ports").stream()
                  .map(port -> Tree.number(0, port, "hostPort"))
                  .filter(port -> port != 0)
                  .map(String::valueOf)
                  .toList();
          ports.addAll(own);
          return !own.isEmpty();
        });
    if (bad.isEmpty()) return Optional.empty();
    return Finding.of(
        "hostPort",
        "%s %s %s %s"
            .formatted(
                containers(bad),
                uses(bad.size()),
                plural("hostPort", ports.size()),
                String.join(", ", ports)));
  }

  /// A probe is sent by the node, so another host in it is reached from there.
  static Optional<Finding> hostsOfProbes(Subject pod) {
    var hosts = new TreeSet<String>();
    var bad =
        new TreeSet<>(
            pod.where(container -> {
              var own = hostsOf(container);
              hosts.addAll(own);
              return !own.isEmpty();
            }));
    if (bad.isEmpty()) return Optional.empty();
    return Finding.of(
        "probe or lifecycle host",
        "%s %s %s %s"
            .formatted(
                containers(bad),
                uses(bad.size()),
                plural("probe or lifecycle host", hosts.size()),
                quoted(hosts)));
  }

  private static List<String> hostsOf(ObjectNode container) {
    return Stream.of(
            Tree.find(container, "livenessProbe"),
            Tree.find(container, "readinessProbe"),
            Tree.find(container, "startupProbe"),
            Tree.find(container, "lifecycle", "postStart"),
            Tree.find(container, "lifecycle", "preStop"))
        .flatMap(handler ->
            Stream.of(
                Tree.text(handler, "httpGet", "host"), Tree.text(handler, "tcpSocket", "host")))
        .filter(host -> !host.isEmpty())
        .toList();
  }

  static Optional<Finding> privileged(Subject pod) {
    var bad = pod.where(container -> Tree.flag(context(container), "privileged"));
    return bad.isEmpty()
        ? Optional.empty()
        : Finding.of(
            "privileged", containers(bad) + " must not set securityContext.privileged=true");
  }

  static Optional<Finding> procMount(Subject pod) {
    var bad = pod.where(container -> isUnmasked(procMountOf(container)));
    if (bad.isEmpty()) return Optional.empty();
    var mounts = new TreeSet<String>();
    for (var container : pod.containers()) mounts.add(procMountOf(container));
    mounts.removeIf(mount -> !isUnmasked(mount));
    return Finding.of(
        "procMount",
        "%s must not set securityContext.procMount to %s"
            .formatted(containers(bad), quoted(mounts)));
  }

  private static String procMountOf(ObjectNode container) {
    return Tree.text(context(container), "procMount");
  }

  private static boolean isUnmasked(String mount) {
    return !mount.isEmpty() && !mount.equals("Default");
  }

  static Check sysctls(Set<String> allowed) {
    return pod -> {
      var bad =
          Tree.objects(pod.context(), "sysctls").stream()
              .map(sysctl -> Tree.text(sysctl, "name"))
              .filter(name -> !allowed.contains(name))
              .toList();
      return bad.isEmpty()
          ? Optional.empty()
          : Finding.of("forbidden sysctls", String.join(", ", bad));
    };
  }

  static Optional<Finding> windowsHostProcess(Subject pod) {
    var ofPod = isHostProcess(pod.context());
    var bad = pod.where(container -> isHostProcess(context(container)));
    if (!ofPod && bad.isEmpty()) return Optional.empty();
    return Finding.of(
        "hostProcess",
        setters(ofPod, bad) + " must not set securityContext.windowsOptions.hostProcess=true");
  }

  private static boolean isHostProcess(@Nullable ObjectNode context) {
    return Tree.flag(context, "windowsOptions", "hostProcess");
  }
}
