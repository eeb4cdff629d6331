package io.ordinal.node.network;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.ordinal.kube.Informer;
import java.util.function.BooleanSupplier;

/// What the proxy hears of.
///
/// @param heardAll whether both have their first lists: before that nothing is applied
record ServiceInformers(
    Informer<Service> services, Informer<EndpointSlice> slices, BooleanSupplier heardAll) {

  static ServiceInformers of(Informer<Service> services, Informer<EndpointSlice> slices) {
    return new ServiceInformers(services, slices, () -> services.synced() && slices.synced());
  }
}
