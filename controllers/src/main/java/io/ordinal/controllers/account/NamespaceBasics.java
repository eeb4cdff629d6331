package io.ordinal.controllers.account;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.WorkQueue;
import io.ordinal.kube.Writer;
import java.net.HttpURLConnection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives every namespace the service account `default` and the ConfigMap `kube-root-ca.crt`, and
/// gives them back when they are deleted or, the latter, changed: no pod starts without them.
public final class NamespaceBasics {
  static final String ACCOUNT = "default";
  static final String ROOT_CA = "kube-root-ca.crt";
  private static final String DESCRIPTION = "kubernetes.io/description";
  private static final String WHAT_IT_IS =
      "Contains a CA bundle that can be used to verify the kube-apiserver when using internal"
          + " endpoints such as the internal service IP or kubernetes.default.svc. No other usage"
          + " is guaranteed across distributions of Kubernetes clusters.";

  private final String rootCa;
  private final Writer accountWriter;
  private final Writer rootCaWriter;
  private final Informer<Namespace> namespaces;
  private final Informer<ServiceAccount> accounts;
  private final Informer<ConfigMap> bundles;

  /// Adds both controllers to the context's. `rootCa` is the bundle as PEM text.
  public NamespaceBasics(ControllerContext context, String rootCa) {
    this.rootCa = rootCa;
    accountWriter = new Writer(context.client("service-account-controller"));
    rootCaWriter = new Writer(context.client("root-ca-cert-publisher"));
    namespaces = context.informer(Namespace.class);
    accounts = context.informers().of(ServiceAccount.class, "metadata.name=" + ACCOUNT);
    bundles = context.informers().of(ConfigMap.class, "metadata.name=" + ROOT_CA);
    var accountQueue = context.controller("service-account", this::reconcileAccount, 1);
    var bundleQueue = context.controller("root-ca", this::reconcileBundle, 1);
    namespaces.onChange((_, after) -> {
      if (after != null) {
        accountQueue.add(ObjectKey.of(after));
        bundleQueue.add(ObjectKey.of(after));
      }
    });
    accounts.onChange((before, after) -> look(accountQueue, after == null ? before : null));
    bundles.onChange((before, after) -> look(bundleQueue, after == null ? before : after));
  }

  private static void look(WorkQueue<ObjectKey> queue, @Nullable HasMetadata object) {
    if (object != null) {
      queue.add(new ObjectKey("", object.getMetadata().getNamespace()));
    }
  }

  private boolean isLiving(ObjectKey namespace) {
    return namespaces
        .get(namespace)
        .filter(n -> n.getMetadata().getDeletionTimestamp() == null)
        .isPresent();
  }

  private Outcome reconcileAccount(ObjectKey namespace) {
    if (isLiving(namespace) && accounts.get(new ObjectKey(namespace.name(), ACCOUNT)).isEmpty()) {
      unlessLeaving(() -> accountWriter.createIfAbsent(account(namespace.name())));
    }
    return Outcome.DONE;
  }

  private static ServiceAccount account(String namespace) {
    return new ServiceAccountBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(ACCOUNT)
        .endMetadata()
        .build();
  }

  private Outcome reconcileBundle(ObjectKey namespace) {
    if (!isLiving(namespace)) {
      return Outcome.DONE;
    }
    var known = bundles.get(new ObjectKey(namespace.name(), ROOT_CA));
    if (known.isEmpty()) {
      unlessLeaving(() -> rootCaWriter.createIfAbsent(bundle(new ConfigMap(), namespace.name())));
    } else if (!isRight(known.get())) {
      rootCaWriter.replace(bundle(known.get(), namespace.name()));
    }
    return Outcome.DONE;
  }

  private boolean isRight(ConfigMap bundle) {
    return Map.of("ca.crt", rootCa).equals(bundle.getData())
        && bundle.getMetadata().getAnnotations().containsKey(DESCRIPTION);
  }

  private ConfigMap bundle(ConfigMap known, String namespace) {
    return new ConfigMapBuilder(known)
        .editOrNewMetadata()
        .withNamespace(namespace)
        .withName(ROOT_CA)
        .addToAnnotations(DESCRIPTION, WHAT_IT_IS)
        .endMetadata()
        .withData(Map.of("ca.crt", rootCa))
        .build();
  }

  /// A namespace that began to leave a moment ago takes nothing new: then nothing is missing.
  private static void unlessLeaving(Runnable creation) {
    try {
      creation.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN
          && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }
}
