package io.ordinal.platform.business;

import io.ordinal.platform.business.ProjectPlan.Granting;
import io.ordinal.platform.business.ProjectPlan.Observed;
import io.ordinal.platform.business.ProjectSpec.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Goes once over a business's clusters and namespaces: what has been given back is free, then the
/// limits become what the business wants, as far as they can, then each namespace gets what it asks
/// for, if there is room, the oldest first.
final class GrantingPass {

  private final Observed seen;
  private final List<Refused> refusals = new ArrayList<>();

  GrantingPass(Observed seen) {
    this.seen = seen;
  }

  Granting result() {
    var clusters = new LinkedHashMap<String, Ledger>();
    var known = seen.project().getStatus().clusters();
    var wanted = seen.project().getSpec().clusters();
    known.forEach((cluster, ledger) -> {
      var limits = wanted.get(cluster);
      var told = told(cluster, ledger);
      if (limits != null) clusters.put(cluster, limited(cluster, told, limits));
      else if (!told.namespaces().isEmpty()) clusters.put(cluster, inUse(cluster, told));
    });
    wanted.forEach((cluster, limits) -> {
      if (!known.containsKey(cluster)) addCluster(clusters, cluster, limits);
    });
    seen.namespaces().forEach(each -> grant(clusters, each));
    return new Granting(clusters, refusals.isEmpty() ? Refused.NOTHING : refusals.getFirst());
  }

  private Ledger told(String cluster, Ledger ledger) {
    var after = ledger;
    for (var namespace : ledger.namespaces().keySet()) {
      if (seen.told().contains(new Place(cluster, namespace).objectName())) {
        after = after.told(namespace);
      }
    }
    return after;
  }

  private Ledger limited(String cluster, Ledger ledger, Limits limits) {
    ledger.refusal(limits.hard()).ifPresent(why -> refuse(cluster, why));
    return ledger.limitedTo(limits.hard());
  }

  private void refuse(String cluster, Refused why) {
    refusals.add(new Refused(why.reason(), "cluster " + cluster + ": " + why.message()));
  }

  private Ledger inUse(String cluster, Ledger ledger) {
    refusals.add(
        Refused.of(
            Refused.CLUSTER_IN_USE,
            "cluster %s: namespaces of the business are in it; delete them first",
            cluster));
    return ledger;
  }

  /// A cluster whose limits make no sense is none of the business's, or it would have no limits.
  private void addCluster(Map<String, Ledger> clusters, String cluster, Limits limits) {
    var nonsense = Ledger.EMPTY.refusal(limits.hard());
    if (!seen.isCluster().test(cluster)) {
      refusals.add(Refused.of(Refused.CLUSTER_NOT_FOUND, "there is no cluster %s", cluster));
    } else if (nonsense.isPresent()) {
      refuse(cluster, nonsense.get());
    } else {
      clusters.put(cluster, Ledger.EMPTY.limitedTo(limits.hard()));
    }
  }

  private void grant(Map<String, Ledger> clusters, BusinessNamespace namespace) {
    if (namespace.beingDeleted()) return;
    var place = Place.wanted(namespace);
    var isNew = Place.granted(seen.project().getStatus(), namespace.name()).isEmpty();
    if (!namespace.name().equals(place.objectName())) return;
    if (isNew && place.refusal(namespace.name(), seen.isProject()).isPresent()) return;
    if (isNew && !seen.project().getSpec().clusters().containsKey(place.cluster())) return;
    clusters.computeIfPresent(place.cluster(), (_, ledger) -> ledger.granting(wish(namespace)));
  }

  static Wish wish(BusinessNamespace namespace) {
    return new Wish(
        namespace.getSpec().namespace(), namespace.getSpec().hard(), namespace.getStatus().used());
  }
}
