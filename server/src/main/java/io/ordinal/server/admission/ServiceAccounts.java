package io.ordinal.server.admission;

import static io.ordinal.server.tree.Tree.otherwise;

import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.Refusals;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.Names;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Every pod runs as a service account, whose token is mounted into its containers (contract G3).
final class ServiceAccounts implements Admission {
  private static final String MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final String VOLUME_PREFIX = "kube-api-access-";
  private static final int TOKEN_SECONDS = 3607;
  private static final int MODE = 0644;

  private final Kind accounts;
  private final Objects objects;
  private final RandomGenerator random;

  ServiceAccounts(Kind accounts, Objects objects, RandomGenerator random) {
    this.accounts = accounts;
    this.objects = objects;
    this.random = random;
  }

  @Override
  public void mutate(Attributes about, ObjectNode pod, @Nullable ObjectNode old) {
    if (!about.creates() || !about.isFor("", "pods")) return;
    var spec = Tree.make(pod, "spec");
    if (Metadata.annotations(pod).containsKey(NodeRestriction.MIRROR)) {
      checkMirror(about, spec);
      return;
    }
    if (Tree.text(spec, "serviceAccountName").isEmpty()) {
      var older = Tree.text(spec, "serviceAccount");
      spec.put("serviceAccountName", older.isEmpty() ? "default" : older);
    }
    var name = Tree.text(spec, "serviceAccountName");
    var account =
        objects
            .find(accounts, about.namespace(), name)
            .orElseThrow(() ->
                Refusals.forbidden(
                    about.kind(),
                    about.name(),
                    "error looking up service account "
                        + about.namespace()
                        + "/"
                        + name
                        + ": serviceaccount \""
                        + name
                        + "\" not found"));
    if (mounts(spec, account)) mountToken(spec);
    if (Tree.elements(spec, "imagePullSecrets").isEmpty()) {
      Tree.carryAs("imagePullSecrets", account, "imagePullSecrets", spec);
    }
  }

  /// Its node runs it without the API server: an account would only be a way to a token.
  private static void checkMirror(Attributes about, ObjectNode spec) {
    if (Tree.text(spec, "serviceAccountName").isEmpty()
        && Tree.text(spec, "serviceAccount").isEmpty()) {
      return;
    }
    throw Refusals.forbidden(
        about.kind(), about.name(), "a mirror pod may not reference service accounts");
  }

  private static boolean mounts(ObjectNode spec, ObjectNode account) {
    for (var holder : List.of(spec, account)) {
      var says = Tree.at(holder, "automountServiceAccountToken");
      if (says != null) return says.booleanValue(true);
    }
    return true;
  }

  private void mountToken(ObjectNode spec) {
    var volume = present(spec);
    var needed = false;
    for (var list : List.of("initContainers", "containers")) {
      for (var container : Tree.objects(spec, list)) {
        var mounted =
            Tree.objects(container, "volumeMounts").stream()
                .anyMatch(mount -> Tree.text(mount, "mountPath").equals(MOUNT));
        if (mounted) continue;
        if (volume.isEmpty()) volume = Names.generate(VOLUME_PREFIX, random);
        Tree.makeList(container, "volumeMounts")
            .addObject()
            .put("name", volume)
            .put("readOnly", true)
            .put("mountPath", MOUNT);
        needed = true;
      }
    }
    if (needed && present(spec).isEmpty()) Tree.makeList(spec, "volumes").add(volume(volume));
  }

  /// The volume that somebody has put there already.
  private static String present(ObjectNode spec) {
    for (var volume : Tree.objects(spec, "volumes")) {
      var name = Tree.text(volume, "name");
      if (name.startsWith(VOLUME_PREFIX)) return name;
    }
    return "";
  }

  private static ObjectNode volume(String name) {
    var volume = Tree.object("name", name);
    var projected = volume.putObject("projected");
    otherwise(projected, "defaultMode", MODE);
    var sources = projected.putArray("sources");
    sources
        .addObject()
        .putObject("serviceAccountToken")
        .put("expirationSeconds", TOKEN_SECONDS)
        .put("path", "token");
    var ca = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
    ca.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
    var item = sources.addObject().putObject("downwardAPI").putArray("items").addObject();
    item.put("path", "namespace");
    item.putObject("fieldRef").put("apiVersion", "v1").put("fieldPath", "metadata.namespace");
    return volume;
  }
}
