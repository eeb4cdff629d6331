package io.ordinal.server.kinds;

import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Refusals;
import io.ordinal.server.registry.Reservation;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What one Service takes while it is written: given back when the write fails; when it succeeds,
/// what the Service no longer has is given back instead.
final class ServiceAllocation implements Reservation {
  private final ServiceAddresses addresses;
  private final Set<String> takenAddresses = new LinkedHashSet<>();
  private final Set<Integer> takenPorts = new LinkedHashSet<>();
  private final List<Runnable> whenKept = new ArrayList<>();

  private ServiceAllocation(ServiceAddresses addresses) {
    this.addresses = addresses;
  }

  /// Fills the Service's address and node ports in; what it has already stays.
  ///
  /// @throws ApiException 422 when something it asks for is taken
  static Reservation of(
      ServiceAddresses addresses, ObjectNode service, @Nullable ObjectNode old, boolean dryRun) {
    var allocation = new ServiceAllocation(addresses);
    try {
      allocation.fill(service, old);
    } catch (ApiException e) {
      allocation.giveBack();
      throw e;
    }
    if (!dryRun) return allocation;
    allocation.giveBack();
    return NOTHING;
  }

  private void fill(ObjectNode service, @Nullable ObjectNode old) {
    var errors = new FieldErrors();
    var held = old == null ? Set.<String>of() : ServiceAddresses.addressesOf(old);
    var heldPorts = old == null ? Set.<Integer>of() : new HashSet<>(ServiceAddresses.portsOf(old));
    var spec = Tree.make(service, "spec");
    if (!Tree.text(spec, "type").equals("ExternalName")) address(spec, held, errors);
    ports(spec, heldPorts, errors);
    if (!errors.isEmpty()) throw Refusals.invalid("", "Service", Metadata.name(service), errors);
    for (var address : held) {
      if (!ServiceAddresses.addressesOf(service).contains(address))
        whenKept.add(() -> addresses.giveBack(address));
    }
    for (var port : heldPorts) {
      if (!ServiceAddresses.portsOf(service).contains(port))
        whenKept.add(() -> addresses.giveBackPort(port));
    }
  }

  private void address(ObjectNode spec, Set<String> held, FieldErrors errors) {
    var asked = Tree.text(spec, "clusterIP");
    if (asked.equals("None") || held.contains(asked)) return;
    if (!asked.isEmpty()) {
      if (addresses.take(asked)) takenAddresses.add(asked);
      else {
        var why =
            addresses.covers(asked)
                ? "provided IP is already allocated"
                : "the provided network does not match the current range";
        errors.invalid(
            FieldPath.SPEC.child("clusterIPs"),
            Tree.at(spec, "clusterIPs"),
            "failed to allocate IP " + asked + ": " + why);
      }
      return;
    }
    var found = addresses.takeAny();
    if (found.isEmpty())
      throw new ApiException(Status.internal("failed to allocate a serviceIP: range is full"));
    takenAddresses.add(found.get());
    spec.put("clusterIP", found.get()).putArray("clusterIPs").add(found.get());
  }

  private void ports(ObjectNode spec, Set<Integer> held, FieldErrors errors) {
    var list = Tree.objects(spec, "ports");
    var wanted = ServiceStrategy.wantsNodePorts(spec);
    for (var i = 0; i < list.size(); i++) {
      var port = list.get(i);
      var asked = (int) Tree.number(0, port, "nodePort");
      if (asked == 0 && !wanted) continue;
      if (asked == 0) port.put("nodePort", anyPort(port, list));
      else
        explicitPort(asked, held, FieldPath.SPEC.child("ports").index(i).child("nodePort"), errors);
    }
  }

  /// A port that is served over TCP and over UDP has one number for both.
  private int anyPort(ObjectNode port, List<ObjectNode> all) {
    for (var other : all) {
      var sameNumber = Tree.number(0, other, "port") == Tree.number(0, port, "port");
      var given = (int) Tree.number(0, other, "nodePort");
      if (sameNumber
          && given != 0
          && !Tree.text(other, "protocol").equals(Tree.text(port, "protocol"))) return given;
    }
    var found = addresses.takeAnyPort();
    if (found.isEmpty())
      throw new ApiException(Status.internal("failed to allocate a nodePort: range is full"));
    takenPorts.add(found.getAsInt());
    return found.getAsInt();
  }

  private void explicitPort(int asked, Set<Integer> held, FieldPath path, FieldErrors errors) {
    if (held.contains(asked) || takenPorts.contains(asked)) return;
    if (addresses.takePort(asked)) takenPorts.add(asked);
    else if (addresses.isNodePort(asked))
      errors.invalid(path, asked, "provided port is already allocated");
    else {
      errors.invalid(
          path,
          asked,
          "provided port is not in the valid range. The range of valid ports is "
              + ServiceAddresses.FIRST_PORT
              + "-"
              + ServiceAddresses.LAST_PORT);
    }
  }

  @Override
  public void keep() {
    whenKept.forEach(Runnable::run);
  }

  @Override
  public void giveBack() {
    takenAddresses.forEach(addresses::giveBack);
    takenPorts.forEach(addresses::giveBackPort);
  }
}
