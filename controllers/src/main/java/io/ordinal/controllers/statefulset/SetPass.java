package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.controllers.statefulset.history.RevisionHistory;
import io.ordinal.controllers.statefulset.history.TemplateData;
import io.ordinal.controllers.write.ObjectApi;
import io.ordinal.kube.Cached;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.OwnerRefs;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// One look at one set: observe, plan, perform, report.
final class SetPass {
  private static final int UNPROCESSABLE = 422;

  private final StatefulSet set;
  private final SetSpec spec;
  private final TemplateData wanted;
  private final Caches caches;
  private final ObjectApi api;
  private final Templates templates;
  private final Instant now;

  SetPass(Cached<StatefulSet> set, Caches caches, ObjectApi api, Templates templates, Instant now) {
    this.set = set.object();
    this.spec = SetSpec.of(set.object());
    this.wanted = templates.dataOf(set);
    this.caches = caches;
    this.api = api;
    this.templates = templates;
    this.now = now;
  }

  /// When to look again, if not only upon a change. What went wrong with the pods weighs more than
  /// what went wrong with the status; each is tried whatever became of the others.
  Optional<Instant> run(SetEvents events, SlowStart slowStart, SetReadings readings)
      throws InterruptedException {
    var history = new RevisionHistory(api);
    var known = ownRevisions(history);
    var pods = ownPods();
    var revisions = revisions(history, known);
    var plan = StatefulSetPlanner.plan(observed(revisions, pods));
    readings.note(spec, plan.availability());
    var performed = new PlanPerformer(api, events, spec, slowStart).perform(plan);
    var failures = new FirstFailure();
    failures.note(performed.failure());
    failures.attempt(() -> new StatusWriter(api).write(spec, performed.status()));
    failures.attempt(() -> history.truncate(known, live(revisions, pods), historyLimit()));
    failures.rethrow();
    return plan.lookAgain();
  }

  /// The set's revisions, and those that nobody has: they become the set's first.
  private List<ControllerRevision> ownRevisions(RevisionHistory history) {
    var selector = set.getSpec().getSelector();
    var known = RevisionHistory.of(set, selector, caches.revisionsFor(set));
    boolean orphans = known.stream().anyMatch(RevisionHistory::isOrphan);
    if (spec.isTerminating() || !orphans || !mayAdopt()) return known;
    return known.stream()
        .map(r -> RevisionHistory.isOrphan(r) ? history.adopt(set, r) : r)
        .toList();
  }

  private List<Pod> ownPods() {
    var ownership = Ownership.of(set, caches.podsFor(set));
    var pods = new ArrayList<>(ownership.managed());
    if (!ownership.toAdopt().isEmpty() && mayAdopt()) {
      for (var orphan : ownership.toAdopt()) adopt(orphan).ifPresent(pods::add);
    }
    ownership.toRelease().forEach(this::release);
    return pods;
  }

  /// A cache may be late: only the server knows whether the set is still wanted, and still the
  /// same.
  private boolean mayAdopt() {
    return api.find(StatefulSet.class, ObjectKey.of(set))
        .filter(live -> live.getMetadata().getUid().equals(set.getMetadata().getUid()))
        .filter(live -> live.getMetadata().getDeletionTimestamp() == null)
        .isPresent();
  }

  private Optional<Pod> adopt(Pod orphan) {
    var owners = others(orphan);
    owners.add(OwnerRefs.controllerRef(set));
    return replaceOwners(orphan, owners);
  }

  private void release(Pod pod) {
    replaceOwners(pod, others(pod));
  }

  private List<OwnerReference> others(HasMetadata object) {
    var owners = new ArrayList<>(OwnerRefs.of(object));
    owners.removeIf(ref -> ref.getUid().equals(set.getMetadata().getUid()));
    return owners;
  }

  /// Empty when the pod is gone, or goes.
  private Optional<Pod> replaceOwners(Pod pod, List<OwnerReference> owners) {
    try {
      return Optional.of(api.replaceOwners(pod, owners));
    } catch (KubernetesClientException e) {
      boolean gone =
          e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == UNPROCESSABLE;
      if (gone) return Optional.empty();
      throw e;
    }
  }

  private Revisions revisions(RevisionHistory history, List<ControllerRevision> known) {
    var status = set.getStatus();
    var collisions = status == null ? null : status.getCollisionCount();
    var labels = set.getSpec().getTemplate().getMetadata().getLabels();
    var found = history.find(set, labels, wanted, known, collisions == null ? 0 : collisions);
    var update = templates.of(found.revision());
    var currentName = status == null ? null : status.getCurrentRevision();
    var current =
        known.stream()
            .filter(revision -> revision.getMetadata().getName().equals(currentName))
            .findFirst()
            .map(templates::of)
            .orElse(update);
    return new Revisions(current, update, found.collisionCount());
  }

  private Observed observed(Revisions revisions, List<Pod> pods) {
    return new Observed(spec, revisions, pods, claims(pods), now);
  }

  /// Of all pods that are there, and of those that may be made now: the first that are missing are
  /// at most as far up as there are pods before them.
  private Map<String, PersistentVolumeClaim> claims(List<Pod> pods) {
    if (spec.claimTemplates().isEmpty()) return Map.of();
    var ordinals = new HashSet<Integer>();
    pods.forEach(pod -> ordinals.add(PodIdentity.ordinal(spec, pod)));
    long reach = (long) spec.start() + pods.size() + spec.madeAtOnce();
    LongStream.range(spec.start(), reach)
        .filter(spec::wants)
        .forEach(ordinal -> ordinals.add((int) ordinal));
    var claims = new HashMap<String, PersistentVolumeClaim>();
    for (int ordinal : ordinals) {
      for (var template : spec.claimTemplates()) {
        var name = Claims.name(template, spec, ordinal);
        caches
            .claims()
            .get(new ObjectKey(spec.namespace(), name))
            .ifPresent(c -> claims.put(name, c));
      }
    }
    return claims;
  }

  private static Set<String> live(Revisions revisions, List<Pod> pods) {
    var live = new HashSet<String>();
    live.add(revisions.current().name());
    live.add(revisions.update().name());
    pods.forEach(pod -> live.add(PodIdentity.revision(pod)));
    return live;
  }

  private int historyLimit() {
    var limit = set.getSpec().getRevisionHistoryLimit();
    return limit == null ? 10 : limit;
  }
}
