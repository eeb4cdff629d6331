package io.ordinal.platform.business;

import java.util.Optional;

/// Why a namespace has not been granted.
final class Waiting {

  private Waiting() {}

  static Refused reason(BusinessNamespace object, Businesses businesses) {
    return Place.wanted(object)
        .refusal(object.name(), name -> businesses.find(name).isPresent())
        .or(() -> ofBusiness(object.project(), businesses.find(object.project())))
        .or(() -> businesses.find(object.project()).flatMap(project -> ofCluster(object, project)))
        .orElseGet(() -> new Refused(Refused.NOT_GRANTED, "it waits to be granted"));
  }

  private static Optional<Refused> ofBusiness(String name, Optional<Project> project) {
    if (project.isEmpty()) return notGranted("there is no business " + name);
    if (project.get().beingDeleted()) return notGranted("its business is being deleted");
    if (!project.get().getStatus().phase().equals(Project.ACTIVE)) {
      return notGranted("its business is not active");
    }
    return Optional.empty();
  }

  private static Optional<Refused> ofCluster(BusinessNamespace object, Project project) {
    var cluster = object.getSpec().clusterName();
    if (!project.getSpec().clusters().containsKey(cluster)) {
      return Optional.of(
          Refused.of(
              Refused.CLUSTER_NOT_IN_PROJECT, "cluster %s is not one of the business's", cluster));
    }
    var ledger = project.getStatus().clusters().get(cluster);
    if (ledger == null) {
      return notGranted("the business cannot use cluster " + cluster + " yet");
    }
    return ledger.refusal(GrantingPass.wish(object));
  }

  private static Optional<Refused> notGranted(String message) {
    return Optional.of(new Refused(Refused.NOT_GRANTED, message));
  }
}
