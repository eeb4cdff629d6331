package io.ordinal.node.network;

import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.NetworkLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Text for `nft -f`: one script is one transaction, which the kernel takes as a whole or not at
/// all.
final class NftScript {
  private final Footprint footprint;
  private final StringBuilder text = new StringBuilder();

  private NftScript(Footprint footprint) {
    this.footprint = footprint;
  }

  /// Replaces the whole table by the fixed chains and this rule set. Connections that are under way
  /// keep their way.
  static String replace(NetworkLayout layout, RuleSet wanted) {
    var script = new NftScript(layout.footprint());
    script.text.append("add table ip ").append(layout.footprint().table()).append('\n');
    script.text.append("delete table ip ").append(layout.footprint().table()).append('\n');
    script.text.append(BaseTable.text(layout));
    script.change(RuleSet.EMPTY, wanted);
    return script.text.toString();
  }

  /// What leads from one rule set to another; empty when they are the same.
  static String difference(Footprint footprint, RuleSet from, RuleSet to) {
    var script = new NftScript(footprint);
    script.change(from, to);
    return script.text.toString();
  }

  /// References come after what they refer to, and go before it.
  private void change(RuleSet from, RuleSet to) {
    to.memories().forEach((name, time) -> addMemory(from, name, time));
    to.chains().keySet().stream()
        .filter(name -> !from.chains().containsKey(name))
        .forEach(name -> line("add chain", name));
    to.chains().forEach((name, rules) -> fill(name, from.chains().get(name), rules));
    changeMap("frontends", from.frontends(), to.frontends(), "goto "::concat);
    changeMap("host-ports", from.hostPorts(), to.hostPorts(), Backend::toString);
    changeSet("hairpins", from.hairpins(), to.hairpins(), address -> address + " . " + address);
    changeSet("refused", from.refused(), to.refused(), Frontend::toString);
    var gone =
        from.chains().keySet().stream().filter(name -> !to.chains().containsKey(name)).toList();
    gone.forEach(name -> line("flush chain", name));
    gone.forEach(name -> line("delete chain", name));
    from.memories().keySet().stream()
        .filter(name -> !to.memories().containsKey(name))
        .forEach(name -> line("delete set", name));
  }

  private void addMemory(RuleSet from, String name, Duration time) {
    if (!from.memories().containsKey(name)) {
      line(
          "add set",
          name,
          "{ type ipv4_addr; flags dynamic,timeout; timeout " + time.toSeconds() + "s; }");
    }
  }

  private void fill(
      String chain, @org.jspecify.annotations.Nullable List<Rule> before, List<Rule> rules) {
    if (rules.equals(before)) {
      return;
    }
    if (before != null) {
      line("flush chain", chain);
    }
    rules.forEach(rule -> line("add rule", chain, rule.text()));
  }

  private <V> void changeMap(
      String map, Map<Frontend, V> before, Map<Frontend, V> wanted, Function<V, String> spelled) {
    var gone = new ArrayList<String>();
    before.forEach((key, value) -> {
      if (!value.equals(wanted.get(key))) {
        gone.add(key.toString());
      }
    });
    var fresh = new ArrayList<String>();
    wanted.forEach((key, value) -> {
      if (!value.equals(before.get(key))) {
        fresh.add(key + " : " + spelled.apply(value));
      }
    });
    elements("delete element", map, gone);
    elements("add element", map, fresh);
  }

  private <K> void changeSet(
      String set, Set<K> before, Set<K> wanted, Function<K, String> spelled) {
    elements(
        "delete element",
        set,
        before.stream().filter(key -> !wanted.contains(key)).map(spelled).toList());
    elements(
        "add element",
        set,
        wanted.stream().filter(key -> !before.contains(key)).map(spelled).toList());
  }

  private void elements(String verb, String set, List<String> elements) {
    if (!elements.isEmpty()) {
      line(verb, set, "{ " + String.join(", ", elements) + " }");
    }
  }

  private void line(String verb, String name, String... rest) {
    text.append(verb).append(" ip ").append(footprint.table()).append(' ').append(name);
    for (var word : rest) {
      text.append(' ').append(word);
    }
    text.append('\n');
  }
}
