package io.ordinal.server.builtin;

import io.ordinal.schema.Schemas;
import io.ordinal.server.User;
import io.ordinal.server.admission.Admissions;
import io.ordinal.server.auth.Authorizer;
import io.ordinal.server.custom.Definitions;
import io.ordinal.server.kinds.KindTable;
import io.ordinal.server.kinds.ServiceAddresses;
import io.ordinal.server.rbac.Bootstrap;
import io.ordinal.server.rbac.RuleResolver;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.ObservedStore;
import io.ordinal.server.registry.Registry;
import io.ordinal.server.registry.Surroundings;
import io.ordinal.store.Store;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/// What an API server serves by itself.
///
/// @param registry with all built-in kinds
/// @param authorizer by the roles in that registry
public record BuiltIn(Registry registry, Authorizer authorizer) {
  /// Who makes the objects that the API server sees to by itself: upstream's name and group of it.
  static final User API_SERVER =
      new User("system:apiserver", "", Set.of(User.MASTERS, User.AUTHENTICATED), Map.of());

  /// Reads what is taken from the store, and sees to the objects that must always be there.
  public static BuiltIn on(
      Store store, Schemas schemas, String serviceCidr, Surroundings surroundings) {
    return on(store, schemas, serviceCidr, surroundings, surroundings.pumps());
  }

  /// The same.
  ///
  /// @param later writes what counts already: the default roles
  public static BuiltIn on(
      Store store, Schemas schemas, String serviceCidr, Surroundings surroundings, Executor later) {
    var addresses = new ServiceAddresses(serviceCidr, surroundings.random());
    var definitions = new Definitions(surroundings.clock(), API_SERVER);
    var kinds = KindTable.of(addresses, surroundings.clock()).and(definitions.kind());
    var observed = new ObservedStore(store);
    var objects = new Objects(observed);
    addresses.restore(objects.list(kinds.get("", "services"), ""));
    var bootstrap = Bootstrap.plan(kinds, objects);
    var roles = new RuleResolver(kinds, objects, observed, bootstrap.objects());
    var admission = Admissions.all(kinds, objects, observed, roles, surroundings);
    var registry = new Registry(observed, schemas, kinds, objects, admission, surroundings);
    new Beginning(registry, addresses.firstAddress()).ensure();
    bootstrap.perform(registry, API_SERVER, later);
    definitions.open(registry, schemas);
    return new BuiltIn(
        registry, Authorizer.of(roles, observed, kinds, objects, surroundings.pumps()));
  }
}
