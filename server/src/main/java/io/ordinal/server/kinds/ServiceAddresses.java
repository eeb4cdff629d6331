package io.ordinal.server.kinds;

import io.ordinal.server.tree.Tree;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// The cluster addresses and node ports of all Services. What is taken lies in memory; it is read
/// from the stored Services at the start.
public final class ServiceAddresses {
  /// The node ports that Services may have.
  static final int FIRST_PORT = 30_000;

  static final int LAST_PORT = 32_767;
  private static final int PORTS = LAST_PORT - FIRST_PORT + 1;
  private static final int STATIC_PORTS = 86;
  private static final int MOST_ADDRESSES = 1 << 20;
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private final String cidr;
  private final long first;
  private final NumberPool addresses;
  private final NumberPool ports = new NumberPool(PORTS, STATIC_PORTS);
  private final RandomGenerator random;

  /// @param cidr for example `10.96.0.0/16`
  public ServiceAddresses(String cidr, RandomGenerator random) {
    var slash = cidr.indexOf('/');
    var bits = 32 - Integer.parseInt(cidr.substring(slash + 1));
    var network = number(cidr.substring(0, slash)).orElseThrow() >> bits << bits;
    var size = (int) Math.min(MOST_ADDRESSES, (1L << bits) - 2);
    this.cidr = cidr;
    this.first = network + 1;
    this.addresses = new NumberPool(size, Math.min(Math.max(16, size / 16), 256));
    this.random = random;
  }

  String cidr() {
    return cidr;
  }

  /// The address of the API server's own Service.
  public String firstAddress() {
    return text(first);
  }

  /// Notes what stored Services have.
  public void restore(Collection<ObjectNode> services) {
    for (var service : services) {
      addressesOf(service).forEach(this::take);
      portsOf(service).forEach(this::takePort);
    }
  }

  /// The cluster addresses that a Service holds.
  static Set<String> addressesOf(ObjectNode service) {
    var held = new LinkedHashSet<>(Tree.texts(service, "spec", "clusterIPs"));
    held.add(Tree.text(service, "spec", "clusterIP"));
    held.remove("");
    held.remove("None");
    return held;
  }

  /// The node ports that a Service holds.
  static List<Integer> portsOf(ObjectNode service) {
    var held = new ArrayList<Integer>();
    for (var port : Tree.objects(service, "spec", "ports")) {
      var number = (int) Tree.number(0, port, "nodePort");
      if (number != 0 && !held.contains(number)) held.add(number);
    }
    var health = (int) Tree.number(0, service, "spec", "healthCheckNodePort");
    if (health != 0) held.add(health);
    return held;
  }

  boolean covers(String address) {
    var offset = offset(address);
    return offset.isPresent() && addresses.contains(offset.getAsLong());
  }

  boolean take(String address) {
    return covers(address) && addresses.take((int) offset(address).orElseThrow());
  }

  Optional<String> takeAny() {
    var found = addresses.takeAny(random);
    return found.isEmpty() ? Optional.empty() : Optional.of(text(first + found.getAsInt()));
  }

  void giveBack(String address) {
    if (covers(address)) addresses.giveBack((int) offset(address).orElseThrow());
  }

  boolean isNodePort(long port) {
    return ports.contains(port - FIRST_PORT);
  }

  boolean takePort(int port) {
    return isNodePort(port) && ports.take(port - FIRST_PORT);
  }

  OptionalInt takeAnyPort() {
    var found = ports.takeAny(random);
    return found.isEmpty() ? found : OptionalInt.of(FIRST_PORT + found.getAsInt());
  }

  void giveBackPort(int port) {
    if (isNodePort(port)) ports.giveBack(port - FIRST_PORT);
  }

  private OptionalLong offset(String address) {
    var number = number(address);
    return number.isEmpty() ? number : OptionalLong.of(number.getAsLong() - first);
  }

  private static OptionalLong number(String address) {
    if (!IPV4.matcher(address).matches()) return OptionalLong.empty();
    try {
      var number = 0L;
      for (var part : InetAddress.getByName(address).getAddress())
        number = (number << 8) | (part & 0xFF);
      return OptionalLong.of(number);
    } catch (UnknownHostException e) {
      return OptionalLong.empty();
    }
  }

  private static String text(long number) {
    return octet(number, 24)
        + "."
        + octet(number, 16)
        + "."
        + octet(number, 8)
        + "."
        + octet(number, 0);
  }

  private static long octet(long number, int shift) {
    return (number >> shift) & 0xFF;
  }
}
