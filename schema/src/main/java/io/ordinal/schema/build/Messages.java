package io.ordinal.schema.build;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The wire messages of the official Java client's protobuf artifact, and how each differs from its
/// JSON.
final class Messages {
  private static final String CLASSES = "io.kubernetes.client.proto.";

  /// Messages that JSON writes as one value, by their last name.
  private static final Map<String, String> SCALARS =
      Map.of(
          "k8s.io.apimachinery.pkg.api.resource.Quantity", "q",
          "k8s.io.apimachinery.pkg.util.intstr.IntOrString", "p",
          "k8s.io.apimachinery.pkg.apis.meta.v1.Time", "t",
          "k8s.io.apimachinery.pkg.apis.meta.v1.MicroTime", "m",
          "k8s.io.apimachinery.pkg.apis.meta.v1.FieldsV1", "r",
          "k8s.io.apimachinery.pkg.runtime.RawExtension", "r",
          "k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.JSON", "r");

  /// Messages that JSON writes as one of their fields, or as that field's list.
  private static final Set<String> WRAPPERS =
      Set.of(
          "ExtraValue",
          "Verbs",
          "JSONSchemaPropsOrArray",
          "JSONSchemaPropsOrBool",
          "JSONSchemaPropsOrStringArray");

  private final Map<String, Descriptor> byName = new TreeMap<>();

  /// Reads a file of messages; answers the names of its types.
  Collection<String> add(Tables.ApiPackage in) throws ReflectiveOperationException {
    var file =
        (FileDescriptor)
            Class.forName(CLASSES + in.messages()).getMethod("getDescriptor").invoke(null);
    file.getMessageTypes().forEach(message -> byName.put(published(message), message));
    return file.getMessageTypes().stream().map(Descriptor::getName).toList();
  }

  /// All names, in order.
  Set<String> names() {
    return byName.keySet();
  }

  /// Whether the wire has microseconds where JSON has a time.
  boolean isMicroTime(String type, String field) {
    return Optional.ofNullable(byName.get(type))
        .flatMap(message -> Optional.ofNullable(message.findFieldByName(field)))
        .filter(found -> !isScalar(found) && code(found).equals("m"))
        .isPresent();
  }

  /// The fields of a message as `number:name:code`.
  ///
  /// @param json the names that JSON knows here; a message field of another name is inlined
  List<String> fields(String name, Set<String> json, List<String> renames) {
    return message(name).getFields().stream()
        .filter(field -> !renames.contains(field.getName() + "=-"))
        .map(field -> field.getNumber() + ":" + nameAndCode(field, json, renames))
        .toList();
  }

  private Descriptor message(String name) {
    Descriptor message = byName.get(name);
    if (message == null) {
      throw new IllegalStateException("no message of " + name);
    }
    return message;
  }

  private static String nameAndCode(FieldDescriptor field, Set<String> json, List<String> renames) {
    String name = field.getName();
    Optional<String> jsonName =
        renames.stream()
            .filter(rename -> rename.startsWith(name + "="))
            .map(rename -> rename.substring(name.length() + 1))
            .findFirst()
            .or(() -> json.stream().filter(name::equalsIgnoreCase).findFirst());
    if (json.isEmpty() || jsonName.isPresent()) {
      return jsonName.orElse(name) + ":" + code(field);
    }
    if (isScalar(field) || field.isRepeated()) {
      throw new IllegalStateException("JSON knows no " + field.getFullName() + ": " + json);
    }
    return name + ":^" + published(field.getMessageType());
  }

  private static String code(FieldDescriptor field) {
    if (field.isMapField()) {
      return "{" + single(field.getMessageType().findFieldByNumber(2));
    }
    return field.isRepeated() ? "[" + single(field) : single(field);
  }

  private static String single(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> "s";
      case INT, LONG -> "i";
      case BOOLEAN -> "b";
      case DOUBLE -> "d";
      case BYTE_STRING -> "y";
      case MESSAGE -> nested(field.getMessageType());
      case FLOAT, ENUM -> throw new IllegalStateException("what is " + field.getFullName() + "?");
    };
  }

  private static String nested(Descriptor message) {
    String scalar = SCALARS.get(message.getFullName());
    if (scalar != null) {
      return scalar;
    }
    return (WRAPPERS.contains(message.getName()) ? "*" : "@") + published(message);
  }

  private static boolean isScalar(FieldDescriptor field) {
    return field.getJavaType() != FieldDescriptor.JavaType.MESSAGE;
  }

  private static String published(Descriptor message) {
    String name = message.getFullName();
    return "io.k8s." + name.substring("k8s.io.".length()).replace('_', '-');
  }
}
