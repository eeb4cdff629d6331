package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A pod's volumes of all types.
final class VolumeSourceRules {
  private static final int HIGHEST_MODE = 0777;
  private static final int SHORTEST_TOKEN = 600;
  private static final List<String> HOST_PATH_TYPES =
      List.of(
          "",
          "BlockDevice",
          "CharDevice",
          "Directory",
          "DirectoryOrCreate",
          "File",
          "FileOrCreate",
          "Socket");
  private static final Set<String> DOWNWARD_FIELDS =
      Set.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid");

  /// What volumes of network and cloud storage cannot do without; the other types have rules below.
  static final Map<String, List<String>> REQUIRED =
      Map.ofEntries(
          Map.entry("awsElasticBlockStore", List.of("volumeID")),
          Map.entry("azureDisk", List.of("diskName", "diskURI")),
          Map.entry("cephfs", List.of()),
          Map.entry("cinder", List.of("volumeID")),
          Map.entry("csi", List.of("driver")),
          Map.entry("fc", List.of()),
          Map.entry("flexVolume", List.of("driver")),
          Map.entry("flocker", List.of()),
          Map.entry("gcePersistentDisk", List.of("pdName")),
          Map.entry("glusterfs", List.of("endpoints", "path")),
          Map.entry("hostPath", List.of("path")),
          Map.entry("iscsi", List.of("targetPortal", "iqn")),
          Map.entry("nfs", List.of("server", "path")),
          Map.entry("photonPersistentDisk", List.of("pdID")),
          Map.entry("portworxVolume", List.of("volumeID")),
          Map.entry("quobyte", List.of("registry", "volume")),
          Map.entry("rbd", List.of("image")),
          Map.entry("scaleIO", List.of("gateway", "system", "volumeName")),
          Map.entry("storageos", List.of()),
          Map.entry("vsphereVolume", List.of("volumePath")));

  private static final Map<String, List<String>> OF_PODS =
      Map.of(
          "azureFile", List.of("secretName", "shareName"),
          "configMap", List.of("name"),
          "downwardAPI", List.of(),
          "emptyDir", List.of(),
          "ephemeral", List.of(),
          "gitRepo", List.of("repository"),
          "image", List.of("reference"),
          "persistentVolumeClaim", List.of("claimName"),
          "projected", List.of(),
          "secret", List.of("secretName"));

  private VolumeSourceRules() {}

  /// Answers the names of the volumes.
  ///
  /// @param shadowed names whose volumes come from elsewhere; what stands here is not used
  static Set<String> check(
      ObjectNode spec, FieldPath path, Set<String> shadowed, FieldErrors errors) {
    var names = new LinkedHashSet<String>();
    var volumes = Tree.objects(spec, "volumes");
    for (var i = 0; i < volumes.size(); i++) {
      var at = path.index(i);
      var name = Checks.required(volumes.get(i), "name", at, errors);
      if (shadowed.contains(name)) continue;
      if (!name.isEmpty()) {
        Checks.label(name, at.child("name"), errors);
        if (!names.add(name)) errors.duplicate(at.child("name"), name);
      }
      source(volumes.get(i), at, errors);
    }
    return names;
  }

  private static void source(ObjectNode volume, FieldPath path, FieldErrors errors) {
    var types =
        volume.propertyNames().stream()
            .filter(field -> REQUIRED.containsKey(field) || OF_PODS.containsKey(field))
            .toList();
    if (types.isEmpty()) errors.required(path, "must specify a volume type");
    for (var i = 0; i < types.size(); i++) {
      var type = types.get(i);
      if (i > 0) errors.forbidden(path.child(type), "may not specify more than 1 volume type");
      else one(type, Tree.make(volume, type), path.child(type), errors);
    }
  }

  private static void one(String type, ObjectNode source, FieldPath path, FieldErrors errors) {
    var required = OF_PODS.getOrDefault(type, REQUIRED.getOrDefault(type, List.of()));
    Checks.allRequired(source, required, path, errors);
    switch (type) {
      case "emptyDir" -> emptyDir(source, path, errors);
      case "secret", "configMap" -> {
        mode(source, "defaultMode", path, errors);
        items(source, path.child("items"), errors);
      }
      case "downwardAPI" -> {
        mode(source, "defaultMode", path, errors);
        downward(source, path.child("items"), errors);
      }
      case "projected" -> projected(source, path, errors);
      case "ephemeral" -> ephemeral(source, path, errors);
      case "image" ->
          Checks.oneOf(
              source, "pullPolicy", List.of("Always", "IfNotPresent", "Never"), path, errors);
      default -> onDisk(type, source, path, errors);
    }
  }

  /// The types that persistent volumes have too.
  static void onDisk(String type, ObjectNode source, FieldPath path, FieldErrors errors) {
    switch (type) {
      case "hostPath" -> {
        Checks.noStepsUp(Tree.text(source, "path"), path.child("path"), errors);
        var kind = Tree.text(source, "type");
        if (!HOST_PATH_TYPES.contains(kind)) {
          errors.unsupported(path.child("type"), kind, HOST_PATH_TYPES);
        }
      }
      case "nfs" -> {
        var file = Tree.text(source, "path");
        if (!file.isEmpty() && !file.startsWith("/")) {
          errors.invalid(path.child("path"), file, "must be an absolute path");
        }
      }
      case "rbd", "cephfs" -> {
        if (Tree.texts(source, "monitors").isEmpty()) errors.required(path.child("monitors"), "");
      }
      case "iscsi" -> Checks.within(source, "lun", 0, 255, path, errors);
      default -> {}
    }
  }

  private static void emptyDir(ObjectNode source, FieldPath path, FieldErrors errors) {
    if (Checks.quantity(Tree.text(source, "sizeLimit")).signum() < 0) {
      errors.forbidden(
          path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
    }
  }

  private static void mode(ObjectNode holder, String field, FieldPath path, FieldErrors errors) {
    var mode = Tree.number(0, holder, field);
    if (mode < 0 || mode > HIGHEST_MODE) {
      errors.invalid(
          path.child(field), mode, "must be a number between 0 and 0777 (octal), both inclusive");
    }
  }

  private static void items(ObjectNode source, FieldPath path, FieldErrors errors) {
    var items = Tree.objects(source, "items");
    for (var i = 0; i < items.size(); i++) {
      Checks.required(items.get(i), "key", path.index(i), errors);
      file(items.get(i), path.index(i), errors);
    }
  }

  private static void file(ObjectNode item, FieldPath path, FieldErrors errors) {
    var file = Checks.required(item, "path", path, errors);
    Checks.relative(file, path.child("path"), errors);
    if (file.startsWith("..") && !file.startsWith("../")) {
      errors.invalid(path.child("path"), file, "must not start with '..'");
    }
    mode(item, "mode", path, errors);
  }

  private static void downward(ObjectNode source, FieldPath path, FieldErrors errors) {
    var items = Tree.objects(source, "items");
    for (var i = 0; i < items.size(); i++) {
      var at = path.index(i);
      file(items.get(i), at, errors);
      var field = Tree.find(items.get(i), "fieldRef");
      var resource = Tree.find(items.get(i), "resourceFieldRef");
      if (field != null) EnvRules.field(field, DOWNWARD_FIELDS, at.child("fieldRef"), errors);
      if (resource != null) {
        Checks.required(resource, "containerName", at.child("resourceFieldRef"), errors);
        EnvRules.resource(resource, at.child("resourceFieldRef"), errors);
      }
      if (field != null && resource != null) {
        errors.invalid(
            at, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
      } else if (field == null && resource == null) {
        errors.required(at, "one of fieldRef and resourceFieldRef is required");
      }
    }
  }

  private static void projected(ObjectNode source, FieldPath path, FieldErrors errors) {
    mode(source, "defaultMode", path, errors);
    var files = new HashSet<String>();
    var sources = Tree.objects(source, "sources");
    for (var i = 0; i < sources.size(); i++) {
      var at = path.child("sources").index(i);
      projection(sources.get(i), at, errors);
      for (var type : List.of("secret", "configMap", "downwardAPI")) {
        for (var item : Tree.objects(sources.get(i), type, "items")) {
          var file = Tree.text(item, "path");
          if (!file.isEmpty() && !files.add(file)) {
            errors.invalid(path, file, "conflicting duplicate paths");
          }
        }
      }
    }
  }

  private static void projection(ObjectNode projection, FieldPath path, FieldErrors errors) {
    var types = List.copyOf(projection.propertyNames());
    if (types.isEmpty()) errors.required(path, "must specify a volume type");
    for (var i = 0; i < types.size(); i++) {
      var type = types.get(i);
      var at = path.child(type);
      if (i > 0) {
        errors.forbidden(at, "may not specify more than 1 volume type per source");
        continue;
      }
      var source = Tree.make(projection, type);
      switch (type) {
        case "secret", "configMap" -> {
          Checks.required(source, "name", at, errors);
          items(source, at.child("items"), errors);
        }
        case "downwardAPI" -> downward(source, at.child("items"), errors);
        case "serviceAccountToken" -> token(source, at, errors);
        default -> Checks.required(source, "path", at, errors);
      }
    }
  }

  private static void token(ObjectNode source, FieldPath path, FieldErrors errors) {
    var seconds = Tree.number(SHORTEST_TOKEN, source, "expirationSeconds");
    var at = path.child("expirationSeconds");
    if (seconds < SHORTEST_TOKEN) {
      errors.invalid(at, seconds, "may not specify a duration less than 10 minutes");
    } else if (seconds > 1L << 32) {
      errors.invalid(at, seconds, "may not specify a duration larger than 2^32 seconds");
    }
    Checks.relative(Checks.required(source, "path", path, errors), path.child("path"), errors);
  }

  private static void ephemeral(ObjectNode source, FieldPath path, FieldErrors errors) {
    @Nullable ObjectNode template = Tree.find(source, "volumeClaimTemplate");
    if (template == null) errors.required(path.child("volumeClaimTemplate"), "");
    else {
      var at = path.child("volumeClaimTemplate").child("spec");
      ClaimRules.spec(Tree.make(template, "spec"), at, errors);
    }
  }
}
