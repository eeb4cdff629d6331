package io.ordinal.node;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/// Loops without threads: a simulation calls [#step] as often as it likes.
final class SteppedPace implements Pace {
  private final InstantSource clock;
  private final Set<Loop> ready = new LinkedHashSet<>();
  private final PriorityQueue<Visit> visits = new PriorityQueue<>(Comparator.comparing(Visit::at));

  private record Visit(Instant at, Loop loop) {}

  private static final class Loop {
    private final Task task;
    private Instant due = Instant.MIN;

    Loop(Task task) {
      this.task = task;
    }
  }

  SteppedPace(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Runnable add(String name, Task task) {
    var loop = new Loop(task);
    ready.add(loop);
    return () -> wake(loop);
  }

  private synchronized void wake(Loop loop) {
    ready.add(loop);
  }

  /// Runs each loop that was woken or is due, once. True when there was one.
  boolean step() {
    var now = clock.instant();
    var turn = turn(now);
    turn.forEach(this::run);
    return !turn.isEmpty();
  }

  private synchronized List<Loop> turn(Instant now) {
    for (var visit = visits.peek();
        visit != null && !visit.at().isAfter(now);
        visit = visits.peek()) {
      visits.remove();
      if (visit.loop().due.equals(visit.at())) ready.add(visit.loop());
    }
    var turn = new ArrayList<>(ready);
    ready.clear();
    return turn;
  }

  private void run(Loop loop) {
    var next = loop.task.step();
    synchronized (this) {
      loop.due = next.orElse(Instant.MIN);
      next.ifPresent(at -> visits.add(new Visit(at, loop)));
    }
  }

  /// When a loop wants to be run next, if none is woken before.
  synchronized Optional<Instant> nextDue() {
    if (!ready.isEmpty()) {
      return Optional.of(clock.instant());
    }
    while (!visits.isEmpty() && !visits.element().loop().due.equals(visits.element().at())) {
      visits.remove();
    }
    return Optional.ofNullable(visits.peek()).map(Visit::at);
  }

  @Override
  public synchronized void close() {
    ready.clear();
    visits.clear();
  }
}
