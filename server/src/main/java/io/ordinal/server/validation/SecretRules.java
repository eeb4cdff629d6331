package io.ordinal.server.validation;

import io.ordinal.schema.DecodeException;
import io.ordinal.schema.Json;
import io.ordinal.server.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Secrets and ConfigMaps: their keys, their size, and that an immutable one stays as it is.
public final class SecretRules {
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int LONGEST_KEY = 253;
  private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");
  private static final String KEY_RULE =
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

  private SecretRules() {}

  /// Checks a Secret.
  public static void checkSecret(ObjectNode secret, @Nullable ObjectNode old, FieldErrors errors) {
    var bytes = keys(secret, "data", errors);
    if (bytes / 4 * 3 > MOST_BYTES) errors.tooLong(FieldPath.of("data"), MOST_BYTES);
    ofType(secret, errors);
    if (old == null) return;
    if (!Tree.text(secret, "type").equals(Tree.text(old, "type"))) {
      errors.invalid(FieldPath.of("type"), Tree.text(secret, "type"), "field is immutable");
    }
    immutable(secret, old, List.of("data"), errors);
  }

  /// What a secret of a known type must have.
  private static void ofType(ObjectNode secret, FieldErrors errors) {
    var data = Tree.textMap(secret, "data");
    switch (Tree.text(secret, "type")) {
      case "kubernetes.io/tls" -> need(data, List.of("tls.crt", "tls.key"), errors);
      case "kubernetes.io/ssh-auth" -> need(data, List.of("ssh-privatekey"), errors);
      case "kubernetes.io/dockercfg" -> dockerConfig(data, ".dockercfg", errors);
      case "kubernetes.io/dockerconfigjson" -> dockerConfig(data, ".dockerconfigjson", errors);
      case "kubernetes.io/basic-auth" -> {
        if (!data.containsKey("username") && !data.containsKey("password")) {
          need(data, List.of("username", "password"), errors);
        }
      }
      case "kubernetes.io/service-account-token" -> {
        var annotation = "kubernetes.io/service-account.name";
        if (Tree.text(secret, "metadata", "annotations", annotation).isEmpty()) {
          errors.required(FieldPath.of("metadata", "annotations").key(annotation), "");
        }
      }
      default -> {}
    }
  }

  private static void need(Map<String, String> data, List<String> keys, FieldErrors errors) {
    for (var key : keys) {
      if (!data.containsKey(key)) errors.required(FieldPath.of("data").key(key), "");
    }
  }

  private static void dockerConfig(Map<String, String> data, String key, FieldErrors errors) {
    need(data, List.of(key), errors);
    var content = data.getOrDefault(key, "");
    if (content.isEmpty()) return;
    try {
      Json.read(Base64.getDecoder().decode(content));
    } catch (DecodeException e) {
      errors.invalid(FieldPath.of("data").key(key), "<secret contents redacted>", "invalid JSON");
    }
  }

  /// Checks a ConfigMap.
  public static void checkConfigMap(ObjectNode map, @Nullable ObjectNode old, FieldErrors errors) {
    var bytes = keys(map, "data", errors) + keys(map, "binaryData", errors) / 4 * 3;
    if (bytes > MOST_BYTES) errors.tooLong(FieldPath.of(""), MOST_BYTES);
    for (var key : Tree.textMap(map, "data").keySet()) {
      if (Tree.has(map, "binaryData", key)) {
        errors.invalid(
            FieldPath.of("data").key(key), key, "duplicate of key present in binaryData");
      }
    }
    if (old != null) immutable(map, old, List.of("data", "binaryData"), errors);
  }

  /// Answers the bytes of all values.
  private static long keys(ObjectNode object, String field, FieldErrors errors) {
    var bytes = 0L;
    for (var entry : Tree.textMap(object, field).entrySet()) {
      var key = entry.getKey();
      var path = FieldPath.of(field).key(key);
      if (key.length() > LONGEST_KEY) errors.invalid(path, key, "must be no more than 253 bytes");
      else if (key.equals(".")) errors.invalid(path, key, "must not be '.'");
      else if (key.startsWith("..")) errors.invalid(path, key, "must not start with '..'");
      else if (!KEY.matcher(key).matches()) errors.invalid(path, key, KEY_RULE);
      bytes += entry.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }

  private static void immutable(
      ObjectNode object, ObjectNode old, List<String> fields, FieldErrors errors) {
    if (!Tree.flag(old, "immutable")) return;
    if (!Tree.flag(object, "immutable")) {
      errors.forbidden(FieldPath.of("immutable"), "field is immutable when `immutable` is set");
    }
    for (var field : fields) {
      if (Tree.same(object.get(field), old.get(field))) continue;
      errors.forbidden(FieldPath.of(field), "field is immutable when `immutable` is set");
    }
  }
}
