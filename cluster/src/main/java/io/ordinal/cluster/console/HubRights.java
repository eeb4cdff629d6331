package io.ordinal.cluster.console;

import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.platform.clusters.Access;
import io.ordinal.platform.clusters.Clusters;
import io.ordinal.platform.clusters.Limited;
import io.ordinal.platform.records.Records;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the console may do in a cluster that somebody else runs: serve many users, each as himself;
/// or, where its kubeconfig may not impersonate, one user with what rights the kubeconfig has.
///
/// @param told lines for whoever starts the console
/// @param suffice whether it can be started at all
/// @param limited when it may not act for others
public record HubRights(List<String> told, boolean suffice, Optional<Limited> limited) {

  private static final int FORBIDDEN = 403;
  private static final String WORKLOADS = "statefulsets";

  /// A right that the console asks for.
  ///
  /// @param namespace "" for the whole cluster
  /// @param without what becomes of the console without it
  private record Right(
      String verb, String group, String resource, String namespace, String without) {

    static final String NO_BUSINESSES = "businesses could not be kept";
    static final String NO_LIMITS = "businesses would have no limits";

    static Right business(String verb, String resource) {
      return new Right(verb, "business.tkestack.io", resource, "", NO_BUSINESSES);
    }

    static Right secrets(String verb) {
      return new Right(verb, "", "secrets", Records.NAMESPACE, "users could not be kept");
    }

    String text() {
      var kind = group.isEmpty() ? resource : resource + "." + group;
      return verb + " " + kind + (namespace.isEmpty() ? "" : " in " + namespace);
    }
  }

  private static final List<Right> NEEDED =
      List.of(
          Right.secrets("list"),
          Right.secrets("watch"),
          Right.secrets("create"),
          Right.secrets("update"),
          Right.secrets("delete"));

  private static final List<Right> WISHED =
      List.of(
          new Right("create", "", "namespaces", "", "ordinal-system has to be there"),
          new Right(
              "create",
              "rbac.authorization.k8s.io",
              "clusterrolebindings",
              "",
              "bind the group ordinal:administrators to cluster-admin yourself"),
          new Right(
              "create",
              "apiextensions.k8s.io",
              "customresourcedefinitions",
              "",
              "without the kinds that it makes there are no businesses"),
          Right.business("list", "projects"),
          Right.business("watch", "projects"),
          Right.business("update", "projects/status"),
          Right.business("patch", "projects"),
          Right.business("list", "namespaces"),
          Right.business("watch", "namespaces"),
          Right.business("update", "namespaces/status"),
          Right.business("patch", "namespaces"),
          Right.business("delete", "namespaces"),
          new Right(
              "create",
              "auth.tkestack.io",
              "projectpolicybindings",
              "",
              "businesses would have no owners"),
          new Right("watch", "", "namespaces", "", Right.NO_BUSINESSES),
          new Right("patch", "", "namespaces", "", Right.NO_BUSINESSES),
          new Right("delete", "", "namespaces", "", Right.NO_BUSINESSES),
          new Right("watch", "", "resourcequotas", "", Right.NO_LIMITS),
          new Right("create", "", "resourcequotas", "", Right.NO_LIMITS),
          new Right("update", "", "resourcequotas", "", Right.NO_LIMITS));

  public HubRights {
    told = List.copyOf(told);
  }

  /// Asks the cluster.
  ///
  /// @param namespace of the kubeconfig; "" or nothing when it names none
  /// @throws KubernetesClientException when the cluster does not answer
  public static HubRights of(KubernetesClient client, Access access, @Nullable String namespace) {
    if (impersonates(access)) return full(client);
    var home = namespace == null || namespace.isEmpty() ? "default" : namespace;
    return alone(client, home);
  }

  private static boolean impersonates(Access access) {
    try {
      return Clusters.mayImpersonate(access);
    } catch (IOException e) {
      throw new KubernetesClientException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static KubernetesClientException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new KubernetesClientException("interrupted", e);
  }

  private static HubRights full(KubernetesClient client) {
    var lacking = lacking(client, Stream.concat(NEEDED.stream(), WISHED.stream()).toList());
    var told = lacking.stream().map(HubRights::missing).toList();
    return new HubRights(told, NEEDED.stream().noneMatch(lacking::contains), Optional.empty());
  }

  private static String missing(Right right) {
    return "missing right: " + right.text() + ": " + right.without();
  }

  private static HubRights alone(KubernetesClient client, String home) {
    var user = user(client);
    var everywhere =
        new Right("list", "apps", WORKLOADS, "", "the console begins in " + home + " alone");
    var told = new ArrayList<String>();
    told.add(
        "limited: the kubeconfig may not impersonate, so this console serves one user, on this machine alone");
    told.add(
        "limited: whoever signs in as admin acts as %s; nothing of the console's is written into the cluster"
            .formatted(user.isEmpty() ? "the kubeconfig's user" : user));
    var rights =
        List.of(
            everywhere,
            new Right("list", "apps", WORKLOADS, home, "is it meant for another namespace?"),
            new Right("create", "apps", WORKLOADS, home, "there it is for reading only"));
    var lacking = lacking(client, rights);
    lacking.forEach(right -> told.add(missing(right)));
    var namespace = lacking.contains(everywhere) ? home : "";
    return new HubRights(told, true, Optional.of(new Limited(user, namespace)));
  }

  /// Whom the cluster takes us for. Older ones do not say.
  private static String user(KubernetesClient client) {
    try {
      var said = client.resource(new SelfSubjectReview()).create().getStatus();
      var name = said == null ? null : said.getUserInfo().getUsername();
      return name == null ? "" : name;
    } catch (KubernetesClientException e) {
      if (e.getCode() == 0) throw e;
      return "";
    }
  }

  /// Those of the rights that it has not; it asks for all at once.
  private static List<Right> lacking(KubernetesClient client, List<Right> rights) {
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var asked = rights.stream().map(right -> threads.submit(() -> has(client, right))).toList();
      var lacking = new ArrayList<Right>();
      for (int i = 0; i < rights.size(); i++) {
        if (!asked.get(i).get()) lacking.add(rights.get(i));
      }
      return lacking;
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KubernetesClientException why) throw why;
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  /// Who may not even ask has no right.
  private static boolean has(KubernetesClient client, Right right) {
    var resource = right.resource().split("/", 2);
    var review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withVerb(right.verb())
            .withGroup(right.group())
            .withResource(resource[0])
            .withSubresource(resource.length > 1 ? resource[1] : null)
            .withNamespace(right.namespace().isEmpty() ? null : right.namespace())
            .endResourceAttributes()
            .endSpec()
            .build();
    try {
      return Boolean.TRUE.equals(client.resource(review).create().getStatus().getAllowed());
    } catch (KubernetesClientException e) {
      if (e.getCode() != FORBIDDEN) throw e;
      return false;
    }
  }
}
