package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// The claims of a set's pods: `<template>-<set>-<ordinal>`.
final class Claims {
  private Claims() {}

  static String name(PersistentVolumeClaim template, SetSpec spec, int ordinal) {
    return template.getMetadata().getName() + "-" + spec.name() + "-" + ordinal;
  }

  /// From the names of volumes to the names of the claims behind them.
  static Map<String, String> names(SetSpec spec, int ordinal) {
    var names = new LinkedHashMap<String, String>();
    for (var template : spec.claimTemplates()) {
      names.put(template.getMetadata().getName(), name(template, spec, ordinal));
    }
    return names;
  }

  /// A new claim: the template's labels, overlaid with those that the set selects by. It has no
  /// owner yet: that comes with the pod, see [ClaimRetention].
  static PersistentVolumeClaim newClaim(PersistentVolumeClaim template, SetSpec spec, int ordinal) {
    var metadata = template.getMetadata();
    var labels = new TreeMap<String, String>();
    if (metadata.getLabels() != null) labels.putAll(metadata.getLabels());
    labels.putAll(spec.matchLabels());
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withNamespace(spec.namespace())
        .withName(name(template, spec, ordinal))
        .withLabels(labels)
        .withAnnotations(metadata.getAnnotations())
        .endMetadata()
        .withSpec(template.getSpec())
        .build();
  }
}
