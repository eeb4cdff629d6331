package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells people what happened to an object, as core/v1 Events.
///
/// Telling never waits: it only puts the event in a queue, and a full queue drops it. Writing
/// happens on a thread of its own after [#start], or by [#step] in a simulation. Events that repeat
/// are counted in one object and floods are cut off, see [EventCorrelator].
public final class Events implements EventRecorder, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);
  private static final int LONGEST_QUEUE = 1000;

  /// What is to be told: `at` is when it happened, not when it is written.
  record Told(ObjectReference about, String type, String reason, String message, Instant at) {}

  private final KubernetesClient client;
  private final String component;
  private final InstantSource clock;
  private final EventCorrelator correlator = new EventCorrelator();
  private final BlockingQueue<Told> queue = new LinkedBlockingQueue<>(LONGEST_QUEUE);
  private @Nullable Thread thread;

  /// `component` is the source that people see, such as `statefulset-controller`.
  public Events(KubernetesClient client, String component, InstantSource clock) {
    this.client = client;
    this.component = component;
    this.clock = clock;
  }

  @Override
  public void tell(ObjectReference about, String type, String reason, String message) {
    if (!queue.offer(new Told(about, type, reason, message, clock.instant()))) {
      LOG.debug("{}: too many events wait, dropped: {} {}", component, reason, message);
    }
  }

  /// Writes one event that waits, if there is one; whether there was.
  public boolean step() {
    var told = queue.poll();
    if (told == null) return false;
    write(told);
    return true;
  }

  public void start() {
    thread = Loop.start("events-" + component, this::takeAndWrite);
  }

  @Override
  public void close() {
    if (thread != null) thread.interrupt();
    thread = null;
  }

  private boolean takeAndWrite() throws InterruptedException {
    write(queue.take());
    return true;
  }

  /// An event is told once: if it cannot be written it is lost, and only the log knows.
  private void write(Told told) {
    try {
      switch (correlator.judge(told)) {
        case EventCorrelator.Drop _ -> {}
        case EventCorrelator.First first -> create(first, first.told(), 1);
        case EventCorrelator.Repeat repeat -> repeat(repeat);
      }
    } catch (KubernetesClientException e) {
      LOG.debug("{}: event not written: {} {}: {}", component, told.reason, told.message, e);
    }
  }

  private void create(EventCorrelator.Judged judged, Told told, int count) {
    var name = correlator.freshName(told);
    ShortAnswer.create(client, path(told), event(told, name, count).toString());
    correlator.written(judged.key(), name, count);
  }

  private static String path(Told told) {
    return "api/v1/namespaces/" + namespace(told.about) + "/events";
  }

  /// Patched unseen: whoever tells of events may write them, and read none.
  private void repeat(EventCorrelator.Repeat repeat) {
    var change =
        "{\"count\":%d,\"lastTimestamp\":\"%s\",\"message\":%s}"
            .formatted(
                repeat.count(),
                Timestamps.seconds(repeat.told().at()),
                client.getKubernetesSerialization().asJson(repeat.told().message()));
    try {
      ShortAnswer.patch(client, path(repeat.told()) + "/" + repeat.name(), change);
      correlator.written(repeat.key(), repeat.name(), repeat.count());
    } catch (KubernetesClientException e) {
      // Events expire: then the next one of its kind begins a new object and keeps the count.
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) throw e;
      create(repeat, repeat.told(), repeat.count());
    }
  }

  /// The object as a tree: there are several events to each pod, and the typed way to write one
  /// costs as much as all else about it.
  private ObjectNode event(Told told, String name, int count) {
    var time = Timestamps.seconds(told.at);
    var event = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Event");
    event.putObject("metadata").put("namespace", namespace(told.about)).put("name", name);
    about(told.about, event.putObject("involvedObject"));
    event.put("type", told.type).put("reason", told.reason).put("message", told.message);
    event.putObject("source").put("component", component);
    event.put("reportingComponent", component).put("reportingInstance", "");
    return event.put("firstTimestamp", time).put("lastTimestamp", time).put("count", count);
  }

  private static void about(ObjectReference about, ObjectNode to) {
    putIfThere(to, "apiVersion", about.getApiVersion());
    putIfThere(to, "kind", about.getKind());
    putIfThere(to, "namespace", about.getNamespace());
    putIfThere(to, "name", about.getName());
    putIfThere(to, "uid", about.getUid());
    putIfThere(to, "resourceVersion", about.getResourceVersion());
    putIfThere(to, "fieldPath", about.getFieldPath());
  }

  private static void putIfThere(ObjectNode to, String field, @Nullable String value) {
    if (value != null) to.put(field, value);
  }

  private static String namespace(ObjectReference about) {
    var namespace = about.getNamespace();
    return namespace == null || namespace.isEmpty() ? "default" : namespace;
  }
}
