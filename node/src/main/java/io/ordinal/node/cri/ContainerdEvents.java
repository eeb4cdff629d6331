package io.ordinal.node.cri;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.ordinal.kube.Loop;
import io.ordinal.node.cri.wire.Envelope;
import io.ordinal.node.cri.wire.SubscribeRequest;
import io.ordinal.node.cri.wire.TaskEvent;
import io.ordinal.node.runtime.ContainerRuntime.ChangeListener;
import io.ordinal.node.runtime.ContainerRuntime.Subscription;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// containerd's event stream (all versions have it; CRI's own came with 1.7): which container's
/// task started or ended.
///
/// It is a hint only. Whoever listens lists from time to time as well, because events are lost
/// while the connection is down and a runtime that is not containerd has none.
final class ContainerdEvents implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ContainerdEvents.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final SubscribeRequest TASKS =
      SubscribeRequest.newBuilder().addFilters("namespace==k8s.io,topic~=\"^/tasks/\"").build();

  private final CriChannel channel;
  private final CopyOnWriteArrayList<ChangeListener> listeners = new CopyOnWriteArrayList<>();
  private final Context.CancellableContext context = Context.ROOT.withCancellation();
  private @Nullable Thread thread;

  ContainerdEvents(CriChannel channel) {
    this.channel = channel;
  }

  synchronized Subscription subscribe(ChangeListener listener) {
    listeners.add(listener);
    if (thread == null) {
      thread = Thread.ofVirtual().name("containerd-events").start(context.wrap(this::run));
    }
    return () -> listeners.remove(listener);
  }

  private void run() {
    Loop.run("containerd-events", this::followOnce);
  }

  /// One stream to its end, and a pause. False when there will be none.
  private boolean followOnce() throws InterruptedException {
    try {
      follow();
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
        log.info("the runtime has no event stream: changes are found by listing");
        return false;
      }
    }
    Thread.sleep(PAUSE);
    return !context.isCancelled();
  }

  private void follow() {
    var events =
        channel.stream(
            "containerd.services.events.v1.Events/Subscribe", TASKS, Envelope.getDefaultInstance());
    while (events.hasNext()) {
      var id = containerOf(events.next());
      if (!id.isEmpty()) {
        listeners.forEach(listener -> listener.changed(id));
      }
    }
  }

  private static String containerOf(Envelope envelope) {
    try {
      return TaskEvent.parseFrom(envelope.getEvent().getValue()).getContainerId();
    } catch (InvalidProtocolBufferException e) {
      return "";
    }
  }

  @Override
  public synchronized void close() {
    context.cancel(null);
    if (thread != null) {
      thread.interrupt();
    }
  }
}
