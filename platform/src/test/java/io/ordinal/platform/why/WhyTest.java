package io.ordinal.platform.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.why.facts.Cause;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhyTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final String CORE = "/api/v1/namespaces/default/";
  private static final String ENDED =
      "'restartCount': 3, 'state': {'waiting': {'reason': 'CrashLoopBackOff'}},"
          + " 'lastState': {'terminated': {'exitCode': 1}}";

  /// Its containers end, and end again.
  private static PaperCluster crashing() {
    return new PaperCluster()
        .with(
            "/api/v1/nodes",
            "{'metadata': {'name': 'node-1'}, 'status': {'conditions': [%s]}}"
                .formatted("{'type': 'Ready', 'status': 'True'}"))
        .with(
            CORE + "pods",
            """
            {'metadata': {'name': 'web-0', 'uid': 'pod-1'},
             'spec': {'nodeName': 'node-1', 'containers': [{'name': 'a', 'lifecycle': {'postStart': {}}}, {'name': 'b'}]},
             'status': {'phase': 'Running', 'containerStatuses': [{'name': 'a', %1$s}, {'name': 'b', %1$s}]}}
            """
                .formatted(ENDED));
  }

  private static Cause cause(PaperCluster cluster) {
    return ask(cluster, Kind.POD, "web-0").items().getFirst().findings().getFirst().cause();
  }

  private static Answer ask(PaperCluster cluster, Kind kind, String name) {
    return new Why(cluster, InstantSource.fixed(NOW)).ask(kind, "default", name);
  }

  @ParameterizedTest(name = "{0} at {2}: {3}")
  @CsvSource({
    "Killing, failed liveness probe, 11:56, LIVENESS_FAILED",
    "Killing, failed liveness probe, 11:40, CRASH_LOOP",
    "FailedPostStartHook, exited with 1, 11:56, POST_START_FAILED",
    "FailedPostStartHook, exited with 1, 11:40, CRASH_LOOP"
  })
  void whatHappenedLongAgoIsNotToBlame(String reason, String said, String time, Cause expected) {
    var event =
        """
        {'metadata': {'name': 'past'}, 'involvedObject': {'uid': 'pod-1'},
         'reason': '%s', 'message': 'Container a %s', 'lastTimestamp': '2026-01-01T%s:00Z'}
        """
            .formatted(reason, said, time);
    assertThat(cause(crashing().with(CORE + "events", event))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} answered with {1}")
  @CsvSource({"/nodes/, 429", "/nodes/, 500", "/events?, 503", "/pods/web-0, 429"})
  void whatTheClusterCannotTellIsNotTakenForNothing(String part, int status) {
    var cluster = crashing().answering(part, status);
    var refusal = catchThrowableOfType(Refusal.class, () -> cause(cluster));
    assertThat(refusal.code()).isEqualTo(503);
    assertThat(refusal).hasMessageContaining(Integer.toString(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 429, 502})
  void theCauseIsToldWithoutTheLogToo(int status) {
    assertThat(cause(crashing().answering("/log?", status))).isEqualTo(Cause.CRASH_LOOP);
  }

  @Test
  void logsThatDoNotComeAreWaitedForOnce() {
    var cluster = crashing();
    var log = "/log?";
    var answer =
        new Why(
                path -> {
                  var reply = cluster.get(path);
                  if (path.contains(log)) throw new IllegalStateException("no answer within 5 s");
                  return reply;
                },
                InstantSource.fixed(NOW))
            .ask(Kind.POD, "default", "web-0");
    assertThat(answer.items().getFirst().findings()).hasSize(2);
    assertThat(cluster.asked(log)).isEqualTo(1);
  }

  /// Each look at a pod costs requests.
  @Test
  void ofManyPodsThoseAreLookedAtThatComeFirst() {
    var cluster =
        new PaperCluster()
            .with(
                "/apis/apps/v1/namespaces/default/statefulsets",
                "{'metadata': {'name': 'web', 'uid': 'set-1'}, 'spec': {'replicas': 50},"
                    + " 'status': {'updateRevision': 'new'}}");
    for (int i = 0; i < 50; i++) {
      cluster.with(
          CORE + "pods",
          """
          {'metadata': {'name': 'web-%1$d', 'uid': 'pod-%1$d', 'labels': {'controller-revision-hash': 'old'},
             'ownerReferences': [{'controller': true, 'uid': 'set-1'}]},
           'status': {'phase': 'Pending', 'conditions': [{'type': 'PodScheduled', 'status': 'True'}]}}
          """
              .formatted(i));
    }
    assertThat(ask(cluster, Kind.STATEFUL_SET, "web").items()).hasSize(21);
    assertThat(cluster.asked("involvedObject.uid%3Dpod-")).isEqualTo(20);
  }
}
