package io.ordinal.controllers.statefulset.history;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import java.util.Comparator;
import java.util.List;

/// Which revision stands for a template: one that exists already, an older one that becomes the
/// newest again (that is what a rollback is), or a new one.
public sealed interface RevisionChoice {
  /// By revision number, then by age, then by name.
  Comparator<ControllerRevision> BY_NUMBER =
      Comparator.comparingLong(RevisionChoice::number)
          .thenComparing(revision -> text(revision.getMetadata().getCreationTimestamp()))
          .thenComparing(revision -> revision.getMetadata().getName());

  record Use(ControllerRevision revision) implements RevisionChoice {}

  record Renumber(ControllerRevision revision, long number) implements RevisionChoice {}

  record Create(long number) implements RevisionChoice {}

  /// `sorted` by [#BY_NUMBER].
  static RevisionChoice of(TemplateData wanted, List<ControllerRevision> sorted) {
    if (sorted.isEmpty()) return new Create(1);
    var newest = sorted.getLast();
    long next = number(newest) + 1;
    if (TemplateData.of(newest).equals(wanted)) return new Use(newest);
    for (var older : sorted.reversed()) {
      if (TemplateData.of(older).equals(wanted)) return new Renumber(older, next);
    }
    if (TemplateData.of(newest).meansTheSameAs(wanted)) return new Use(newest);
    return new Create(next);
  }

  static long number(ControllerRevision revision) {
    return revision.getRevision() == null ? 0 : revision.getRevision();
  }

  private static String text(String timestamp) {
    return timestamp == null ? "" : timestamp;
  }
}
