package io.ordinal.schema.build;

import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.swagger.annotations.ApiModel;
import io.swagger.annotations.ApiModelProperty;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The models of the official Java client, read by reflection.
final class Models {
  private static final String MODELS = "io.kubernetes.client.openapi.models.";
  private static final Map<Class<?>, String> SCALARS =
      Map.ofEntries(
          Map.entry(String.class, "s"),
          Map.entry(Integer.class, "i"),
          Map.entry(Long.class, "l"),
          Map.entry(Boolean.class, "b"),
          Map.entry(Double.class, "d"),
          Map.entry(Quantity.class, "q"),
          Map.entry(IntOrString.class, "p"),
          Map.entry(OffsetDateTime.class, "t"),
          Map.entry(byte[].class, "y"),
          Map.entry(Object.class, "r"));

  /// One field of a model; `type` is the code that `TypesFile` reads.
  record Property(String type, boolean required, String description) {}

  private final Map<String, Class<?>> byName = new TreeMap<>();
  private final Map<Class<?>, String> names = new HashMap<>();

  /// Gives the package's types their models; a type without a model is none that JSON knows.
  void add(Tables.ApiPackage in, Collection<String> types) {
    for (String type : types) {
      in.models().stream()
          .flatMap(prefix -> modelClass(prefix + type).stream())
          .findFirst()
          .filter(model -> names.putIfAbsent(model, in.name() + "." + type) == null)
          .ifPresent(model -> byName.put(in.name() + "." + type, model));
    }
  }

  /// All names, in order.
  Set<String> names() {
    return byName.keySet();
  }

  Optional<String> description(String name) {
    return Optional.ofNullable(model(name).getAnnotation(ApiModel.class))
        .map(ApiModel::description)
        .filter(text -> !text.isEmpty());
  }

  /// The fields by their JSON names.
  Map<String, Property> properties(String name) throws ReflectiveOperationException {
    Class<?> model = model(name);
    Collection<?> required = (Collection<?>) model.getField("openapiRequiredFields").get(null);
    Map<String, String> descriptions = descriptions(model);
    var properties = new TreeMap<String, Property>();
    for (Field field : model.getDeclaredFields()) {
      SerializedName json = field.getAnnotation(SerializedName.class);
      if (json != null) {
        String getter = "get" + capitalized(field.getName());
        properties.put(
            json.value(),
            new Property(
                code(field.getGenericType()),
                required.contains(json.value()),
                descriptions.getOrDefault(getter, "")));
      }
    }
    return properties;
  }

  private Class<?> model(String name) {
    Class<?> model = byName.get(name);
    if (model == null) {
      throw new IllegalStateException("no model of " + name);
    }
    return model;
  }

  private static Optional<Class<?>> modelClass(String simpleName) {
    try {
      return Optional.of(Class.forName(MODELS + simpleName));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> descriptions(Class<?> model) {
    return Stream.of(model.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(ApiModelProperty.class))
        .collect(
            Collectors.toMap(
                Method::getName, method -> method.getAnnotation(ApiModelProperty.class).value()));
  }

  private String code(Type type) {
    if (type instanceof ParameterizedType generic) {
      List<Type> arguments = List.of(generic.getActualTypeArguments());
      return generic.getRawType() == Map.class
          ? "{" + code(arguments.get(1))
          : "[" + code(arguments.get(0));
    }
    Class<?> plain = (Class<?>) type;
    String scalar = SCALARS.get(plain);
    if (scalar != null) {
      return scalar;
    }
    String name = names.get(plain);
    if (name == null) {
      throw new IllegalStateException("no published name for " + plain);
    }
    return "@" + name;
  }

  private static String capitalized(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
