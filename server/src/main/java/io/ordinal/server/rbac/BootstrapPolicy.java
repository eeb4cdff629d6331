package io.ordinal.server.rbac;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// The roles and bindings that every cluster has, from the file that says them in short.
public final class BootstrapPolicy {
  private static final String FILE = "bootstrap-roles.txt";
  private static final List<String> READ = List.of("get", "list", "watch");
  private static final List<String> WRITE =
      List.of("create", "delete", "deletecollection", "patch", "update");

  private static final class Held {
    static final List<BootstrapRole> ROLES = parse(text());
  }

  private BootstrapPolicy() {}

  /// All of them, each a new tree.
  static List<ObjectNode> objects() {
    return Held.ROLES.stream().flatMap(role -> role.objects().stream()).toList();
  }

  /// The rules of one ClusterRole as they were at the beginning, whatever became of the stored one.
  public static List<PolicyRule> rules(String clusterRole) {
    return Held.ROLES.stream()
        .filter(role -> role.key().equals(new RoleKey("", clusterRole)))
        .flatMap(role -> role.rules().stream())
        .toList();
  }

  private static String text() {
    try (var file = BootstrapPolicy.class.getResourceAsStream(FILE)) {
      if (file == null) throw new IllegalStateException(FILE + " is missing");
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<BootstrapRole> parse(String text) {
    var roles = new ArrayList<BootstrapRole>();
    for (var line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) continue;
      var words = line.strip().split(" ");
      if (line.startsWith(" ")) roles.add(roles.removeLast().with(rule(words)));
      else roles.add(role(words));
    }
    return List.copyOf(roles);
  }

  private static BootstrapRole role(String[] words) {
    if (words[0].equals("controller")) {
      var name = "system:controller:" + words[1];
      var account = List.of("account:kube-system/" + words[1]);
      return new BootstrapRole(new RoleKey("", name), "", "", name, account, List.of());
    }
    var slash = words[1].indexOf('/');
    var key =
        new RoleKey(slash < 0 ? "" : words[1].substring(0, slash), words[1].substring(slash + 1));
    var to = after("to", words);
    var binding = to.isEmpty() ? "" : after("as", words);
    return new BootstrapRole(
        key,
        after("gathers", words),
        after("for", words),
        !to.isEmpty() && binding.isEmpty() ? key.name() : binding,
        to.isEmpty() || to.equals("nobody") ? List.of() : List.of(to.split(",")),
        List.of());
  }

  private static String after(String keyword, String[] words) {
    for (var i = 2; i + 1 < words.length; i += 2) {
      if (words[i].equals(keyword)) return words[i + 1];
    }
    return "";
  }

  private static PolicyRule rule(String[] words) {
    var verbs = Stream.of(words[0].split(",")).flatMap(BootstrapPolicy::verbs).sorted().toList();
    if (words[1].equals("path")) {
      return new PolicyRule(verbs, List.of(), List.of(), List.of(), list(words[2]));
    }
    var groups = list(words[1]).stream().map(group -> group.equals("core") ? "" : group).toList();
    var names = words.length > 3 ? list(words[3]) : List.<String>of();
    return new PolicyRule(verbs, groups, list(words[2]), names, List.of());
  }

  private static Stream<String> verbs(String word) {
    return switch (word) {
      case "read" -> READ.stream();
      case "write" -> WRITE.stream();
      default -> Stream.of(word);
    };
  }

  private static List<String> list(String words) {
    return List.of(words.split(","));
  }
}
