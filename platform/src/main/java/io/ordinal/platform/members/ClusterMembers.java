package io.ordinal.platform.members;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.kube.Controller;
import io.ordinal.kube.Informers;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.Scope;
import io.ordinal.kube.WorkQueue;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rights of members in one cluster. It has a queue and a worker of its own: a cluster that
/// does not answer keeps nobody waiting but itself.
///
/// A key is a namespace, or [#WHOLE] for what belongs to none.
final class ClusterMembers implements AutoCloseable {

  private static final ObjectKey WHOLE = new ObjectKey("", "");
  private static final Duration UNTIL_SYNCED = Duration.ofMillis(50);

  /// One pass for many changes at once, such as its own.
  private static final Duration AFTER_CHANGES = Duration.ofSeconds(1);

  private final String id;
  private final Members members;
  private final WorkQueue<ObjectKey> queue;
  private final Controller controller;
  private @Nullable Followed followed;

  /// The cluster's bindings of ours, through one client: another client begins again.
  private record Followed(KubernetesClient client, Informers informers) {}

  ClusterMembers(String id, Members members) {
    this.id = id;
    this.members = members;
    this.queue = new WorkQueue<>(members.clock());
    this.controller = new Controller("members of " + id, this::reconcile, queue, 1);
  }

  void start() {
    controller.start();
  }

  /// What belongs to no namespace has to be looked at: the roles that bindings name are among it.
  void lookAtWhole() {
    queue.add(WHOLE);
  }

  void lookAt(String namespace) {
    if (!namespace.isEmpty()) queue.add(new ObjectKey("", namespace));
  }

  private Outcome reconcile(ObjectKey key) {
    if (!members.register().synced()) {
      return new Outcome.LookAgainAt(members.clock().instant().plus(UNTIL_SYNCED));
    }
    try {
      look(key);
      members.wentWell(id, key.name());
    } catch (RuntimeException e) {
      members.wentWrong(id, key.name(), String.valueOf(e.getMessage()));
      throw e;
    }
    return Outcome.DONE;
  }

  /// What was wrong in a cluster that is forgotten is nobody's concern any more.
  private void look(ObjectKey key) {
    var client = members.client(id);
    follow(client);
    if (client.isEmpty()) return;
    if (key.equals(WHOLE)) whole(client.get());
    else namespace(client.get(), key.name());
  }

  private void whole(KubernetesClient client) {
    var roles = members.register().roles(id);
    var rights = new ClusterRights(client, id, members::lost);
    var present = rights.roles();
    rights.makeRoles(roles, present);
    rights.bindEverywhere(members.register().givenEverywhere(id));
    rights.removeRoles(roles, present);
  }

  private void namespace(KubernetesClient client, String name) {
    var namespace = client.namespaces().withName(name).get();
    if (namespace == null || namespace.getMetadata().getDeletionTimestamp() != null) return;
    if (members.keepsOwner(id, name)) return;
    var given = members.register().given(id, namespace);
    new ClusterRights(client, id, members::lost).bindIn(name, given);
  }

  /// Hears of it when somebody takes away or changes what was given.
  private synchronized void follow(Optional<KubernetesClient> client) {
    if (followed != null && client.filter(followed.client()::equals).isPresent()) return;
    if (followed != null) followed.informers().close();
    followed = client.map(this::followed).orElse(null);
  }

  private Followed followed(KubernetesClient client) {
    var informers = new Informers(client, members.clock(), members.random());
    var ours = new Scope("", Roles.OWN_LABEL + "=" + id, "");
    informers
        .of(RoleBinding.class, ours)
        .onChange((before, after) -> {
          if (before != null) lookAt(before.getMetadata().getNamespace());
          if (after != null) lookAt(after.getMetadata().getNamespace());
        });
    informers
        .of(ClusterRoleBinding.class, ours)
        .onChange((_, _) -> queue.addAfter(WHOLE, AFTER_CHANGES));
    informers.of(ClusterRole.class, ours).onChange((_, _) -> queue.addAfter(WHOLE, AFTER_CHANGES));
    informers.start();
    return new Followed(client, informers);
  }

  @Override
  public void close() {
    controller.close();
    follow(Optional.empty());
  }
}
