package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Endpoints and EndpointSlices.
public final class EndpointRules {
  private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
  private static final List<String> ADDRESS_TYPES = List.of("IPv4", "IPv6", "FQDN");
  private static final int MOST_ENDPOINTS = 1000;
  private static final int MOST_PORTS = 20_000;
  private static final int MOST_ADDRESSES = 100;

  private EndpointRules() {}

  /// Checks Endpoints.
  public static void checkEndpoints(
      ObjectNode endpoints, @Nullable ObjectNode old, FieldErrors errors) {
    var subsets = Tree.objects(endpoints, "subsets");
    for (var i = 0; i < subsets.size(); i++) {
      var at = FieldPath.of("subsets").index(i);
      var lists = Checks.present(subsets.get(i), List.of("addresses", "notReadyAddresses"));
      if (lists.isEmpty()) {
        errors.required(at, "must specify `addresses` or `notReadyAddresses`");
      }
      for (var list : lists) {
        var addresses = Tree.objects(subsets.get(i), list);
        for (var j = 0; j < addresses.size(); j++) {
          var here = at.child(list).index(j);
          address(Tree.text(addresses.get(j), "ip"), here.child("ip"), errors);
          hostname(addresses.get(j), here, errors);
        }
      }
      var ports = Tree.objects(subsets.get(i), "ports");
      for (var j = 0; j < ports.size(); j++) {
        port(ports.get(j), ports.size() > 1, at.child("ports").index(j), errors);
      }
    }
  }

  /// Checks an EndpointSlice.
  public static void checkSlice(ObjectNode slice, @Nullable ObjectNode old, FieldErrors errors) {
    var type = Tree.text(slice, "addressType");
    var path = FieldPath.of("addressType");
    Checks.requiredOneOf(slice, "addressType", ADDRESS_TYPES, FieldPath.of(""), errors);
    if (old != null && !type.equals(Tree.text(old, "addressType"))) {
      errors.invalid(path, type, "field is immutable");
    }
    endpoints(slice, type, errors);
    var ports = Tree.objects(slice, "ports");
    if (ports.size() > MOST_PORTS) {
      errors.tooMany(FieldPath.of("ports"), ports.size(), MOST_PORTS);
    }
    var names = new HashSet<String>();
    for (var i = 0; i < ports.size(); i++) {
      var at = FieldPath.of("ports").index(i);
      var name = Tree.text(ports.get(i), "name");
      if (!name.isEmpty()) Checks.label(name, at.child("name"), errors);
      if (!names.add(name)) errors.duplicate(at.child("name"), name);
      Checks.within(ports.get(i), "port", 1, 65_535, at, errors);
      Checks.requiredOneOf(ports.get(i), "protocol", PROTOCOLS, at, errors);
    }
  }

  private static void endpoints(ObjectNode slice, String type, FieldErrors errors) {
    var endpoints = Tree.objects(slice, "endpoints");
    if (endpoints.size() > MOST_ENDPOINTS) {
      errors.tooMany(FieldPath.of("endpoints"), endpoints.size(), MOST_ENDPOINTS);
    }
    for (var i = 0; i < endpoints.size(); i++) {
      var at = FieldPath.of("endpoints").index(i);
      var addresses = Tree.texts(endpoints.get(i), "addresses");
      if (addresses.isEmpty()) {
        errors.required(at.child("addresses"), "must contain at least 1 address");
      } else if (addresses.size() > MOST_ADDRESSES) {
        errors.tooMany(at.child("addresses"), addresses.size(), MOST_ADDRESSES);
      }
      for (var j = 0; j < addresses.size(); j++) {
        var here = at.child("addresses").index(j);
        switch (type) {
          case "IPv4", "IPv6" -> {
            family(addresses.get(j), type, here, errors);
            address(addresses.get(j), here, errors);
          }
          case "FQDN" -> Checks.subdomain(addresses.get(j), here, errors);
          default -> {}
        }
      }
      hostname(endpoints.get(i), at, errors);
    }
  }

  private static void family(String text, String type, FieldPath path, FieldErrors errors) {
    if (text.contains(":") == type.equals("IPv4")) {
      errors.invalid(path, text, "must be an " + type + " address");
    }
  }

  private static void hostname(ObjectNode holder, FieldPath path, FieldErrors errors) {
    var name = Tree.text(holder, "hostname");
    if (!name.isEmpty()) Checks.label(name, path.child("hostname"), errors);
  }

  /// Addresses that mean another machine to everybody who reads them.
  private static void address(String text, FieldPath path, FieldErrors errors) {
    Checks.ip(text, path, errors);
    refuse(
        text,
        InetAddress::isAnyLocalAddress,
        "may not be unspecified (0.0.0.0 or ::)",
        path,
        errors);
    refuse(
        text,
        InetAddress::isLoopbackAddress,
        "may not be in the loopback range (127.0.0.0/8, ::1/128)",
        path,
        errors);
    refuse(
        text,
        InetAddress::isLinkLocalAddress,
        "may not be in the link-local range (169.254.0.0/16, fe80::/10)",
        path,
        errors);
    refuse(
        text,
        InetAddress::isMulticastAddress,
        "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)",
        path,
        errors);
  }

  private static void refuse(
      String text, Predicate<InetAddress> kind, String detail, FieldPath path, FieldErrors errors) {
    if (Checks.address(text).filter(kind).isPresent()) errors.invalid(path, text, detail);
  }

  private static void port(ObjectNode port, boolean several, FieldPath path, FieldErrors errors) {
    var name = Tree.text(port, "name");
    if (name.isEmpty() && several) errors.required(path.child("name"), "");
    if (!name.isEmpty()) Checks.label(name, path.child("name"), errors);
    Checks.port(Tree.number(0, port, "port"), path.child("port"), errors);
    Checks.requiredOneOf(port, "protocol", PROTOCOLS, path, errors);
  }
}
