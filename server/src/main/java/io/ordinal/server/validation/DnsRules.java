package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// How a pod finds names: its DNS policy and configuration, and the aliases in its hosts file.
final class DnsRules {
  private static final List<String> POLICIES =
      List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
  private static final int MOST_SERVERS = 3;
  private static final int MOST_SEARCHES = 32;
  private static final int MOST_SEARCH_CHARACTERS = 2048;

  private DnsRules() {}

  static void check(ObjectNode spec, FieldPath path, FieldErrors errors) {
    Checks.requiredOneOf(spec, "dnsPolicy", POLICIES, path, errors);
    var at = path.child("dnsConfig");
    var servers = Tree.texts(spec, "dnsConfig", "nameservers");
    if (Tree.text(spec, "dnsPolicy").equals("None") && servers.isEmpty()) {
      errors.required(
          Tree.has(spec, "dnsConfig") ? at.child("nameservers") : at,
          Tree.has(spec, "dnsConfig")
              ? "must provide at least one DNS nameserver when `dnsPolicy` is None"
              : "must provide `dnsConfig` when `dnsPolicy` is None");
    }
    if (servers.size() > MOST_SERVERS) {
      errors.invalid(
          at.child("nameservers"),
          Tree.at(spec, "dnsConfig", "nameservers"),
          "must not have more than " + MOST_SERVERS + " nameservers");
    }
    for (var i = 0; i < servers.size(); i++) {
      Checks.ip(servers.get(i), at.child("nameservers").index(i), errors);
    }
    searches(spec, at.child("searches"), errors);
    var options = Tree.objects(spec, "dnsConfig", "options");
    for (var i = 0; i < options.size(); i++) {
      if (Tree.text(options.get(i), "name").isEmpty()) {
        errors.required(at.child("options").index(i), "must not be empty");
      }
    }
    aliases(spec, path.child("hostAliases"), errors);
  }

  private static void searches(ObjectNode spec, FieldPath path, FieldErrors errors) {
    var searches = Tree.texts(spec, "dnsConfig", "searches");
    if (searches.size() > MOST_SEARCHES) {
      errors.invalid(
          path,
          Tree.at(spec, "dnsConfig", "searches"),
          "must not have more than " + MOST_SEARCHES + " search paths");
    }
    if (String.join(" ", searches).length() > MOST_SEARCH_CHARACTERS) {
      errors.invalid(
          path,
          Tree.at(spec, "dnsConfig", "searches"),
          "must not have more than "
              + MOST_SEARCH_CHARACTERS
              + " characters (including spaces) in the search list");
    }
    for (var i = 0; i < searches.size(); i++) {
      // The root is allowed, and an underscore, as in _sip._tcp.
      var name = searches.get(i).replaceAll("\\.$", "").replace('_', 'x');
      if (!name.isEmpty() && !Names.isSubdomain(name)) {
        errors.invalid(path.index(i), searches.get(i), Names.SUBDOMAIN_RULE);
      }
    }
  }

  private static void aliases(ObjectNode spec, FieldPath path, FieldErrors errors) {
    var aliases = Tree.objects(spec, "hostAliases");
    for (var i = 0; i < aliases.size(); i++) {
      Checks.ip(Tree.text(aliases.get(i), "ip"), path.index(i).child("ip"), errors);
      for (var name : Tree.texts(aliases.get(i), "hostnames")) {
        Checks.subdomain(name, path.index(i).child("hostnames"), errors);
      }
    }
  }
}
