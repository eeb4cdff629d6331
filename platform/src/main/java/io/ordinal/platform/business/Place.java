package io.ordinal.platform.business;

import io.ordinal.platform.records.Records;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Where a namespace of a business is: in which cluster, and by which name.
record Place(String cluster, String namespace) {

  private static final Set<String> NEVER = Set.of("default", Records.NAMESPACE);
  private static final String KUBERNETES = "kube-";

  /// Where the object of this name has been granted its namespace. What a grant was for never
  /// changes, whatever becomes of the object.
  static Optional<Place> granted(ProjectStatus business, String object) {
    return business.clusters().entrySet().stream()
        .filter(ledger -> object.startsWith(ledger.getKey() + "-"))
        .map(ledger -> new Place(ledger.getKey(), object.substring(ledger.getKey().length() + 1)))
        .filter(place -> has(business, place))
        .findFirst();
  }

  private static boolean has(ProjectStatus business, Place place) {
    var ledger = business.clusters().get(place.cluster());
    return ledger != null && ledger.namespaces().containsKey(place.namespace());
  }

  /// Where the object wants it.
  static Place wanted(BusinessNamespace object) {
    return new Place(object.getSpec().clusterName(), object.getSpec().namespace());
  }

  /// The same, if the object has the name that belongs to it: another name is another's.
  static Optional<Place> named(BusinessNamespace object) {
    return Optional.of(wanted(object)).filter(place -> place.objectName().equals(object.name()));
  }

  /// The name that the object of this place has.
  String objectName() {
    return cluster + "-" + namespace;
  }

  /// Why nothing may be made here for this object; empty when it may.
  ///
  /// @param isProject whether a business has this name: its own namespace is nobody else's
  Optional<Refused> refusal(String object, Predicate<String> isProject) {
    if (!object.equals(objectName())) {
      return Optional.of(
          Refused.of(Refused.NAME_NOT_ALLOWED, "the object has to be named %s", objectName()));
    }
    var reserved = reserved(namespace);
    if (reserved.isPresent()) return reserved;
    if (isProject.test(namespace)) {
      return Optional.of(
          Refused.of(
              Refused.NAME_NOT_ALLOWED, "namespace %s is that of a business itself", namespace));
    }
    return Optional.empty();
  }

  /// Why no business may have a namespace of this name, whatever it is for.
  static Optional<Refused> reserved(String namespace) {
    if (!namespace.startsWith(KUBERNETES) && !NEVER.contains(namespace)) return Optional.empty();
    return Optional.of(
        Refused.of(Refused.NAME_NOT_ALLOWED, "namespace %s is the cluster's own", namespace));
  }
}
