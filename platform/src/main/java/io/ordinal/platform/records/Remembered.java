package io.ordinal.platform.records;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.ordinal.kube.ResourceVersions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One thing that the platform remembers: a Secret, read as text.
///
/// @param type which kind of thing it is
/// @param owner the user whom it belongs to; "" when nobody
/// @param version of the Secret, 0 before it is written
public record Remembered(
    String name, Type type, String owner, Map<String, String> fields, long version) {

  private static final String OWNER = "ordinal.io/user";
  private static final String PREFIX = "ordinal.io/";

  /// What fits into a label; longer names of users, and those with other letters, do not.
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  /// What the platform remembers.
  public enum Type {
    USER,
    SESSION,
    TOKEN,
    CLUSTER,
    OIDC;

    /// The type that the Secret has.
    public String secretType() {
      return PREFIX + word();
    }

    /// The name of the Secret that remembers the thing with this key.
    public String nameOf(String key) {
      return word() + "." + key;
    }

    private String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public Remembered {
    fields = Map.copyOf(fields);
  }

  /// A thing that is not written yet.
  public static Remembered fresh(Type type, String key, String owner, Map<String, String> fields) {
    return new Remembered(type.nameOf(key), type, owner, fields, 0);
  }

  /// The same with one field changed.
  public Remembered with(String field, String value) {
    var changed = new LinkedHashMap<>(fields);
    changed.put(field, value);
    return new Remembered(name, type, owner, changed, version);
  }

  /// The same with other fields.
  public Remembered withFields(Map<String, String> other) {
    return new Remembered(name, type, owner, other, version);
  }

  /// The key within its type.
  public String key() {
    return name.substring(name.indexOf('.') + 1);
  }

  /// A field; "" when it is not there.
  public String text(String field) {
    return fields.getOrDefault(field, "");
  }

  /// A field that is true or false.
  public boolean flag(String field) {
    return text(field).equals("true");
  }

  /// A field that is a time; the beginning of time when it is not there.
  public Instant time(String field) {
    var text = text(field);
    return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
  }

  static Remembered of(Secret secret, Type type) {
    var fields = new LinkedHashMap<String, String>();
    if (secret.getData() != null) {
      secret
          .getData()
          .forEach((field, value) ->
              fields.put(
                  field, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    }
    var metadata = secret.getMetadata();
    var label = ownerIn(metadata.getLabels());
    return new Remembered(
        metadata.getName(),
        type,
        label.isEmpty() ? ownerIn(metadata.getAnnotations()) : label,
        fields,
        ResourceVersions.of(secret));
  }

  private static String ownerIn(@Nullable Map<String, String> map) {
    return map == null ? "" : map.getOrDefault(OWNER, "");
  }

  /// A label where it can be one: `kubectl get secrets -l ordinal.io/user=bob`.
  Secret secret() {
    var data = new LinkedHashMap<String, String>();
    fields.forEach((field, value) ->
        data.put(
            field, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(Records.NAMESPACE)
        .withName(name)
        .withLabels(isLabel() ? Map.of(OWNER, owner) : Map.of())
        .withAnnotations(isLabel() || owner.isEmpty() ? Map.of() : Map.of(OWNER, owner))
        .withResourceVersion(version == 0 ? null : String.valueOf(version))
        .endMetadata()
        .withType(type.secretType())
        .withData(data)
        .build();
  }

  private boolean isLabel() {
    return LABEL.matcher(owner).matches();
  }

  /// What is remembered is secret.
  @Override
  public String toString() {
    return name;
  }
}
