package io.ordinal.node.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When each probe of a pod is to be asked next, and what its answers so far amount to (contract
/// M9).
///
/// It has no clock and asks nobody; owned by one thread.
public final class ProbeBook {

  /// A container whose process runs, and since when by the clock that the book is asked by.
  public record Running(String id, Instant since) {}

  /// One probe of one running container that is to be asked now.
  public record Due(Container container, String containerId, Role role, Probe probe) {
    /// Names it while it is under way.
    public String key() {
      return "probe:" + role + ":" + containerId;
    }
  }

  /// What all probes of a container say together.
  public record Summary(boolean started, boolean alive, boolean ready) {}

  private enum Outcome {
    UNKNOWN,
    GOOD,
    BAD
  }

  private static final class Track {
    private Instant next;
    private Outcome outcome = Outcome.UNKNOWN;
    private int good;
    private int bad;
    private boolean underWay;

    Track(Instant first) {
      next = first;
    }
  }

  private static final class Page {
    private final String containerId;
    private final Map<Role, Track> tracks = new EnumMap<>(Role.class);

    Page(String containerId) {
      this.containerId = containerId;
    }
  }

  private final Map<String, Page> pages = new HashMap<>();

  /// A container that ran before the agent did keeps what was said of it, until its probes say
  /// otherwise: an agent that starts anew makes nothing unready. Does nothing for a container that
  /// is known already.
  public void adopt(Container container, Running running, Summary before) {
    var known = pages.get(container.getName());
    if (known != null && known.containerId.equals(running.id())) {
      return;
    }
    var page = page(container, running);
    believe(page, Role.Startup, before.started());
    believe(page, Role.Readiness, before.ready());
  }

  private static void believe(Page page, Role role, boolean good) {
    var track = page.tracks.get(role);
    if (track != null && good) track.outcome = Outcome.GOOD;
  }

  /// The probes that are due for a container that runs.
  ///
  /// @param ending the pod is being ended: only readiness is still asked
  public List<Due> due(Container container, Running running, boolean ending, Instant now) {
    var page = page(container, running);
    var due = new ArrayList<Due>();
    for (var role : page.tracks.keySet()) {
      var track = page.tracks.get(role);
      if (track != null && asks(page, role, ending) && !track.next.isAfter(now)) {
        due.add(new Due(container, running.id(), role, role.of(container).orElseThrow()));
        track.underWay = true;
      }
    }
    return due;
  }

  /// When the next probe of a container is due.
  public Optional<Instant> next(Container container, Running running, boolean ending) {
    var page = page(container, running);
    return page.tracks.entrySet().stream()
        .filter(entry -> asks(page, entry.getKey(), ending))
        .map(entry -> entry.getValue().next)
        .min(Instant::compareTo);
  }

  private Page page(Container container, Running running) {
    var page = pages.get(container.getName());
    if (page == null || !page.containerId.equals(running.id())) {
      page = new Page(running.id());
      for (var role : Role.values()) {
        var probe = role.of(container);
        if (probe.isPresent()) {
          var delay = seconds(probe.get().getInitialDelaySeconds(), 0);
          page.tracks.put(role, new Track(running.since().plus(delay)));
        }
      }
      pages.put(container.getName(), page);
    }
    return page;
  }

  private static boolean asks(Page page, Role role, boolean ending) {
    var track = page.tracks.get(role);
    if (track == null || track.underWay) {
      return false;
    }
    return switch (role) {
      case Startup -> !ending && track.outcome == Outcome.UNKNOWN;
      case Liveness -> !ending && started(page) && track.outcome != Outcome.BAD;
      case Readiness -> started(page);
    };
  }

  /// Notes an answer, and when to ask again. No answer changes nothing of what is known.
  public void note(Due due, Prober.Outcome answer, Instant now) {
    var page = pages.get(due.container().getName());
    var track = page == null ? null : page.tracks.get(due.role());
    if (page == null || track == null || !page.containerId.equals(due.containerId())) {
      return;
    }
    track.underWay = false;
    var next = track.next.plus(seconds(due.probe().getPeriodSeconds(), 10));
    track.next = next.isAfter(now) ? next : now.plus(seconds(due.probe().getPeriodSeconds(), 10));
    if (answer == Prober.Outcome.NO_ANSWER) {
      return;
    }
    boolean good = answer == Prober.Outcome.GOOD;
    track.good = good ? track.good + 1 : 0;
    track.bad = good ? 0 : track.bad + 1;
    if (good && track.good >= orElse(due.probe().getSuccessThreshold(), 1)) {
      track.outcome = Outcome.GOOD;
    } else if (!good && track.bad >= orElse(due.probe().getFailureThreshold(), 3)) {
      track.outcome = Outcome.BAD;
    }
  }

  /// What the probes of a running container say so far; a missing probe says the best.
  public Summary summary(Container container, Running running) {
    var page = page(container, running);
    boolean started = started(page);
    return new Summary(
        started,
        !is(page, Role.Startup, Outcome.BAD) && !is(page, Role.Liveness, Outcome.BAD),
        started
            && (!page.tracks.containsKey(Role.Readiness)
                || is(page, Role.Readiness, Outcome.GOOD)));
  }

  private static boolean started(Page page) {
    return !page.tracks.containsKey(Role.Startup) || is(page, Role.Startup, Outcome.GOOD);
  }

  private static boolean is(Page page, Role role, Outcome outcome) {
    var track = page.tracks.get(role);
    return track != null && track.outcome == outcome;
  }

  private static Duration seconds(@Nullable Integer value, int otherwise) {
    return Duration.ofSeconds(orElse(value, otherwise));
  }

  private static int orElse(@Nullable Integer value, int otherwise) {
    return value == null || value == 0 ? otherwise : value;
  }
}
