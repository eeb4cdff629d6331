package io.ordinal.controllers.statefulset.history;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.controllers.write.ObjectApi;
import io.ordinal.kube.LabelSelectors;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.OwnerRefs;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The revisions of one owner at the API server.
public final class RevisionHistory {
  private static final String HASH = "controller.kubernetes.io/hash";
  private static final int LONGEST_PREFIX = 223;
  private static final int MOST_CONFLICTS = 5;

  /// The revision found or made, and how many names had to be given up on the way.
  public record Found(ControllerRevision revision, int collisionCount) {}

  private final ObjectApi api;

  public RevisionHistory(ObjectApi api) {
    this.api = api;
  }

  /// Those in the owner's namespace that its selector selects and that nobody else controls,
  /// sorted.
  public static List<ControllerRevision> of(
      HasMetadata owner, LabelSelector selector, List<ControllerRevision> all) {
    return all.stream()
        .filter(revision -> LabelSelectors.matches(selector, revision.getMetadata().getLabels()))
        .filter(revision -> isOrphan(revision) || OwnerRefs.isControlledBy(revision, owner))
        .sorted(RevisionChoice.BY_NUMBER)
        .toList();
  }

  public static boolean isOrphan(ControllerRevision revision) {
    return OwnerRefs.controllerOf(revision).isEmpty();
  }

  /// Makes an orphan the owner's.
  public ControllerRevision adopt(HasMetadata owner, ControllerRevision orphan) {
    if (!isOrphan(orphan)) {
      throw new IllegalStateException(ObjectKey.of(orphan) + " is controlled by somebody else");
    }
    var refs = new ArrayList<>(OwnerRefs.of(orphan));
    refs.removeIf(ref -> ref.getUid().equals(owner.getMetadata().getUid()));
    refs.add(OwnerRefs.controllerRef(owner));
    return api.replaceOwners(orphan, refs);
  }

  /// Gives a revision up; one that is gone or no longer takes it is none of our business.
  public void release(HasMetadata owner, ControllerRevision revision) {
    var refs = new ArrayList<>(OwnerRefs.of(revision));
    refs.removeIf(ref -> ref.getUid().equals(owner.getMetadata().getUid()));
    try {
      api.replaceOwners(revision, refs);
    } catch (KubernetesClientException e) {
      boolean gone = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == 422;
      if (!gone) throw e;
    }
  }

  /// The revision that stands for a template, made or renumbered if need be.
  public Found find(
      HasMetadata owner,
      Map<String, String> labels,
      TemplateData wanted,
      List<ControllerRevision> sorted,
      int collisionCount) {
    return switch (RevisionChoice.of(wanted, sorted)) {
      case RevisionChoice.Use(var revision) -> new Found(revision, collisionCount);
      case RevisionChoice.Renumber(var revision, var number) ->
          new Found(renumber(revision, number), collisionCount);
      case RevisionChoice.Create(var number) ->
          create(owner, labels, wanted, number, collisionCount);
    };
  }

  /// Deletes the oldest revisions that nothing lives by, until no more than `limit` of them are
  /// left; a negative limit keeps all.
  public void truncate(List<ControllerRevision> sorted, Set<String> live, int limit) {
    if (limit < 0) return;
    var dead = sorted.stream().filter(r -> !live.contains(r.getMetadata().getName())).toList();
    dead.stream().limit(Math.max(0, dead.size() - limit)).forEach(api::delete);
  }

  /// Gives a revision a new number; whoever changed it meanwhile does not matter.
  ControllerRevision renumber(ControllerRevision revision, long number) {
    var latest = revision;
    for (int conflicts = 0; ; conflicts++) {
      try {
        return api.replace(new ControllerRevisionBuilder(latest).withRevision(number).build());
      } catch (KubernetesClientException e) {
        boolean conflict = e.getCode() == HttpURLConnection.HTTP_CONFLICT;
        if (!conflict || conflicts == MOST_CONFLICTS) throw e;
        latest = api.find(ControllerRevision.class, ObjectKey.of(revision)).orElseThrow(() -> e);
      }
    }
  }

  /// The name comes from the data: if it is taken by the same data, that is the revision; if by
  /// other data, the next name is tried.
  Found create(
      HasMetadata owner,
      Map<String, String> labels,
      TemplateData data,
      long number,
      int collisionCount) {
    for (int collisions = collisionCount; ; collisions++) {
      var candidate = candidate(owner, labels, data, number, collisions);
      try {
        return new Found(api.create(candidate), collisions);
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) throw e;
        var taken =
            api.find(ControllerRevision.class, ObjectKey.of(candidate)).orElseThrow(() -> e);
        if (TemplateData.of(taken).equals(data)) return new Found(taken, collisions);
      }
    }
  }

  private static ControllerRevision candidate(
      HasMetadata owner,
      Map<String, String> labels,
      TemplateData data,
      long number,
      int collisionCount) {
    var hash = data.hash(collisionCount);
    var name = owner.getMetadata().getName();
    var prefix = name.substring(0, Math.min(name.length(), LONGEST_PREFIX));
    var all = new HashMap<>(labels);
    all.put(HASH, hash);
    return new ControllerRevisionBuilder()
        .withNewMetadata()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(prefix + "-" + hash)
        .withLabels(all)
        .withAnnotations(owner.getMetadata().getAnnotations())
        .withOwnerReferences(OwnerRefs.controllerRef(owner))
        .endMetadata()
        .withData(data.tree())
        .withRevision(number)
        .build();
  }
}
