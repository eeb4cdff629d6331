package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.PodStatus;
import io.ordinal.node.probe.ProbeBook;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What a worker remembers of its pod. Touched by the worker's thread only; what is done beside it
/// comes back as an [Effect].
final class PodState {
  private final Map<String, ContainerMemory> containers = new HashMap<>();
  private final Map<String, Instant> stopDeadlines = new HashMap<>();
  private boolean prepared;
  private boolean cleanedUp;
  private boolean retired;
  private Instant deleteAgain = Instant.EPOCH;
  private Instant pausedUntil = Instant.EPOCH;
  private Instant tellAgain = Instant.EPOCH;
  private Optional<Trouble> trouble = Optional.empty();
  private Optional<Failure> failure = Optional.empty();
  private Optional<Instant> activeSince = Optional.empty();
  private Optional<PodWriter.Written> written = Optional.empty();

  final ProbeBook probes = new ProbeBook();

  /// What has changed when something that was done beside the worker is over.
  @FunctionalInterface
  interface Effect {
    void on(PodState state);
  }

  Memory memory() {
    return new Memory(
        prepared,
        trouble,
        failure,
        cleanedUp,
        activeSince,
        Map.copyOf(stopDeadlines),
        Map.copyOf(containers));
  }

  void container(String name, UnaryOperator<ContainerMemory> change) {
    containers.put(name, change.apply(containers.getOrDefault(name, ContainerMemory.BLANK)));
  }

  ContainerMemory container(String name) {
    return containers.getOrDefault(name, ContainerMemory.BLANK);
  }

  void prepared(boolean yes) {
    prepared = yes;
    trouble = Optional.empty();
  }

  void trouble(Trouble now) {
    trouble = Optional.of(now);
  }

  /// A new sandbox: what could not be made in an earlier one may be tried at once. Only pulls keep
  /// their pause.
  void sandboxMade() {
    trouble = Optional.empty();
    containers.replaceAll((name, memory) ->
        memory.withTrouble(memory.trouble().filter(t -> t.reason().equals("ErrImagePull"))));
  }

  Optional<Instant> activeSince() {
    return activeSince;
  }

  void activeSince(Instant began) {
    activeSince = Optional.of(began);
  }

  Optional<Trouble> trouble() {
    return trouble;
  }

  void fail(Failure why) {
    failure = Optional.of(why);
  }

  void cleanedUp() {
    cleanedUp = true;
    prepared = false;
    trouble = Optional.empty();
  }

  void stopping(String containerId, Instant deadline) {
    stopDeadlines.put(containerId, deadline);
  }

  void stopFailed(String containerId, Instant askAgainAt) {
    stopDeadlines.remove(containerId);
    pausedUntil = askAgainAt;
  }

  /// The runtime or the API server did not do what was asked: everything is asked again a little
  /// later.
  void pauseAfterFailure(Instant until) {
    pausedUntil = until;
  }

  Instant pausedUntil() {
    return pausedUntil;
  }

  /// The API server did not take the status; the pod itself is looked after as ever.
  void tellAgainAt(Instant at) {
    tellAgain = at;
  }

  /// When the status is offered again, if that is later than now.
  Optional<Instant> tellAgain(Instant now) {
    return Optional.of(tellAgain).filter(at -> at.isAfter(now));
  }

  /// A pod that was told to go is not told again before then.
  void deleteAgainAt(Instant at) {
    deleteAgain = at;
  }

  boolean mayDelete(Instant now) {
    return !deleteAgain.isAfter(now);
  }

  Instant deleteAgain() {
    return deleteAgain;
  }

  void retire() {
    retired = true;
  }

  boolean retired() {
    return retired;
  }

  void written(PodWriter.Written last) {
    written = Optional.of(last);
  }

  /// What was written last, if a pod of this version does not show it yet.
  Optional<PodStatus> writtenAfter(long version) {
    if (written.isPresent() && written.get().version() <= version) written = Optional.empty();
    return written.map(PodWriter.Written::status);
  }
}
