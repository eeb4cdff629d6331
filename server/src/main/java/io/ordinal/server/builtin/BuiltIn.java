package io.ordinal.server.builtin;

import io.ordinal.schema.Schemas;
import io.ordinal.server.User;
import io.ordinal.server.admission.Admissions;
import io.ordinal.server.kinds.KindTable;
import io.ordinal.server.kinds.ServiceAddresses;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.Registry;
import io.ordinal.server.registry.Surroundings;
import io.ordinal.store.Store;

/// The registry with all built-in kinds.
public final class BuiltIn {
  /// Who makes the objects that the API server sees to by itself.
  static final User API_SERVER = User.part("system:apiserver");

  private BuiltIn() {}

  /// Reads what is taken from the store, and sees to the objects that must always be there.
  public static Registry registry(
      Store store, Schemas schemas, String serviceCidr, Surroundings surroundings) {
    var addresses = new ServiceAddresses(serviceCidr, surroundings.random());
    var kinds = KindTable.of(addresses, surroundings.clock());
    var objects = new Objects(store);
    addresses.restore(objects.list(kinds.get("", "services"), ""));
    var admission = Admissions.all(kinds, objects, surroundings.random());
    var registry = new Registry(store, schemas, kinds, objects, admission, surroundings);
    new Beginning(registry, addresses.firstAddress()).ensure();
    return registry;
  }
}
