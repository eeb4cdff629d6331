package io.ordinal.node.host;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.ordinal.node.facts.ApiObjects;
import io.ordinal.node.facts.Expansion;
import io.ordinal.node.facts.PodFields;
import io.ordinal.node.facts.PodTrouble;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A container's variables: service links, then envFrom, then env, the later ones winning (contract
/// M6).
final class Environment {
  private static final String TROUBLE = "CreateContainerConfigError";

  private final ApiObjects objects;
  private final Collection<Service> services;

  /// `services` are all that are known.
  Environment(ApiObjects objects, Collection<Service> services) {
    this.objects = objects;
    this.services = services;
  }

  /// Names and values in their order.
  ///
  /// @throws PodTrouble when a source is missing that is not optional
  Map<String, String> of(Pod pod, Container container, PodFields fields) {
    var namespace = pod.getMetadata().getNamespace();
    var all = new LinkedHashMap<>(ServiceLinks.of(linked(pod, namespace)));
    container.getEnvFrom().forEach(from -> all.putAll(from(from, namespace)));
    var known = new HashMap<>(all);
    for (var variable : container.getEnv()) {
      value(variable, known, container, fields)
          .ifPresent(value -> {
            known.put(variable.getName(), value);
            all.remove(variable.getName());
            all.put(variable.getName(), value);
          });
    }
    return all;
  }

  private List<Service> linked(Pod pod, String namespace) {
    var links = !Boolean.FALSE.equals(pod.getSpec().getEnableServiceLinks());
    var linked = new ArrayList<Service>();
    for (var service : services) {
      var in = service.getMetadata().getNamespace();
      boolean master = in.equals("default") && service.getMetadata().getName().equals("kubernetes");
      if (master || (links && in.equals(namespace))) linked.add(service);
    }
    return linked;
  }

  private Map<String, String> from(EnvFromSource from, String namespace) {
    var prefix = from.getPrefix() == null ? "" : from.getPrefix();
    var found = new LinkedHashMap<String, String>();
    if (from.getConfigMapRef() != null) {
      var ref = from.getConfigMapRef();
      configMap(namespace, ref.getName(), ref.getOptional())
          .ifPresent(data -> data.forEach((key, value) -> found.put(prefix + key, value)));
    }
    if (from.getSecretRef() != null) {
      var ref = from.getSecretRef();
      secret(namespace, ref.getName(), ref.getOptional())
          .ifPresent(data -> data.forEach((key, value) -> found.put(prefix + key, decoded(value))));
    }
    return found;
  }

  private Optional<Map<String, String>> configMap(
      String namespace, String name, @Nullable Boolean optional) {
    var found = objects.configMap(namespace, name);
    if (found.isEmpty()) {
      return missing("configmap \"" + name + "\" not found", optional);
    }
    return Optional.of(found.get().getData() == null ? Map.of() : found.get().getData());
  }

  private Optional<Map<String, String>> secret(
      String namespace, String name, @Nullable Boolean optional) {
    var found = objects.secret(namespace, name);
    if (found.isEmpty()) {
      return missing("secret \"" + name + "\" not found", optional);
    }
    return Optional.of(found.get().getData() == null ? Map.of() : found.get().getData());
  }

  private static <T> Optional<T> missing(String message, @Nullable Boolean optional) {
    if (Boolean.TRUE.equals(optional)) {
      return Optional.empty();
    }
    throw new PodTrouble(TROUBLE, message);
  }

  private static String decoded(String value) {
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  private Optional<String> value(
      EnvVar variable, Map<String, String> known, Container container, PodFields fields) {
    if (variable.getValueFrom() == null) {
      var value = variable.getValue() == null ? "" : variable.getValue();
      return Optional.of(Expansion.expand(value, known));
    }
    return value(variable.getValueFrom(), container, fields);
  }

  private Optional<String> value(EnvVarSource source, Container container, PodFields fields) {
    var namespace = fields.pod().getMetadata().getNamespace();
    if (source.getFieldRef() != null) {
      return Optional.of(fields.value(source.getFieldRef()));
    }
    if (source.getResourceFieldRef() != null) {
      return Optional.of(fields.value(source.getResourceFieldRef(), container));
    }
    if (source.getConfigMapKeyRef() != null) {
      var ref = source.getConfigMapKeyRef();
      return configMap(namespace, ref.getName(), ref.getOptional())
          .flatMap(data ->
              key(
                  data,
                  ref.getKey(),
                  "ConfigMap " + namespace + "/" + ref.getName(),
                  ref.getOptional()));
    }
    if (source.getSecretKeyRef() != null) {
      var ref = source.getSecretKeyRef();
      return secret(namespace, ref.getName(), ref.getOptional())
          .flatMap(data ->
              key(
                  data,
                  ref.getKey(),
                  "Secret " + namespace + "/" + ref.getName(),
                  ref.getOptional()))
          .map(Environment::decoded);
    }
    return Optional.of("");
  }

  private static Optional<String> key(
      Map<String, String> data, String key, String where, @Nullable Boolean optional) {
    return data.containsKey(key)
        ? Optional.of(data.get(key))
        : missing("couldn't find key " + key + " in " + where, optional);
  }
}
