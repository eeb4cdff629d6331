package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Where a container sees the pod's volumes.
final class MountRules {
  private static final List<String> PROPAGATIONS =
      List.of("Bidirectional", "HostToContainer", "None");
  private static final List<String> RECURSIVE = List.of("Disabled", "Enabled", "IfPossible");

  private MountRules() {}

  /// @param volumes the names that there are
  static void check(
      ObjectNode container,
      ObjectNode spec,
      Set<String> volumes,
      FieldPath path,
      FieldErrors errors) {
    var places = new HashSet<String>();
    var mounts = Tree.objects(container, "volumeMounts");
    for (var i = 0; i < mounts.size(); i++) {
      var at = path.child("volumeMounts").index(i);
      mount(mounts.get(i), volumes, places, at, errors);
      propagation(mounts.get(i), container, at, errors);
    }
    var devices = Tree.objects(container, "volumeDevices");
    for (var i = 0; i < devices.size(); i++) {
      var at = path.child("volumeDevices").index(i);
      device(devices.get(i), spec, volumes, at, errors);
      var place = Checks.required(devices.get(i), "devicePath", at, errors);
      Checks.noStepsUp(place, at.child("devicePath"), errors);
      if (!place.isEmpty() && !places.add(place)) {
        errors.invalid(at.child("devicePath"), place, "must be unique");
      }
    }
  }

  private static void mount(
      ObjectNode mount,
      Set<String> volumes,
      Set<String> places,
      FieldPath path,
      FieldErrors errors) {
    var name = Checks.required(mount, "name", path, errors);
    if (!name.isEmpty() && !volumes.contains(name)) errors.notFound(path.child("name"), name);
    var place = Checks.required(mount, "mountPath", path, errors);
    if (!place.isEmpty() && !places.add(place)) {
      errors.invalid(path.child("mountPath"), place, "must be unique");
    }
    var below = Tree.text(mount, "subPath");
    var expanded = Tree.text(mount, "subPathExpr");
    if (!below.isEmpty() && !expanded.isEmpty()) {
      errors.invalid(
          path.child("subPathExpr"), expanded, "subPathExpr and subPath are mutually exclusive");
    }
    Checks.relative(below, path.child("subPath"), errors);
    Checks.relative(expanded, path.child("subPathExpr"), errors);
  }

  private static void propagation(
      ObjectNode mount, ObjectNode container, FieldPath path, FieldErrors errors) {
    Checks.oneOf(mount, "mountPropagation", PROPAGATIONS, path, errors);
    Checks.oneOf(mount, "recursiveReadOnly", RECURSIVE, path, errors);
    var privileged = Tree.flag(container, "securityContext", "privileged");
    if (Tree.text(mount, "mountPropagation").equals("Bidirectional") && !privileged) {
      errors.forbidden(
          path.child("mountPropagation"),
          "Bidirectional mount propagation is available only to privileged containers");
    }
    var recursive = Tree.text(mount, "recursiveReadOnly");
    if (List.of("Enabled", "IfPossible").contains(recursive) && !Tree.flag(mount, "readOnly")) {
      errors.forbidden(
          path.child("recursiveReadOnly"), "may only be specified when readOnly is true");
    }
  }

  private static void device(
      ObjectNode device, ObjectNode spec, Set<String> volumes, FieldPath path, FieldErrors errors) {
    var name = Checks.required(device, "name", path, errors);
    if (name.isEmpty()) return;
    if (!volumes.contains(name)) errors.notFound(path.child("name"), name);
    for (var volume : Tree.objects(spec, "volumes")) {
      var ofClaim = Tree.has(volume, "persistentVolumeClaim") || Tree.has(volume, "ephemeral");
      if (Tree.text(volume, "name").equals(name) && !ofClaim) {
        errors.invalid(
            path.child("name"),
            name,
            "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
      }
    }
  }
}
