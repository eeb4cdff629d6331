package io.ordinal.server.answer;

import io.ordinal.server.registry.WatchEvent;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// Makes the lines of a watch stream; each event is encoded once for all streams of one form.
final class EventEncoder {
  private static final byte[] TAIL = "}\n".getBytes(StandardCharsets.US_ASCII);

  private final Object first;
  private final Object later;
  private final Function<WatchEvent, byte[]> objectFirst;
  private final Function<WatchEvent, byte[]> objectLater;
  private boolean started;

  /// @param first equal for all streams whose first event has the same encoding
  /// @param later the same for all further events
  EventEncoder(
      Object first,
      Object later,
      Function<WatchEvent, byte[]> objectFirst,
      Function<WatchEvent, byte[]> objectLater) {
    this.first = first;
    this.later = later;
    this.objectFirst = objectFirst;
    this.objectLater = objectLater;
  }

  /// A form in which every event looks alike.
  static EventEncoder alike(Object form, Function<WatchEvent, byte[]> object) {
    return new EventEncoder(form, form, object, object);
  }

  /// The event as one line.
  byte[] line(WatchEvent event) {
    if (event.type() == WatchEvent.Type.ERROR) {
      return event.encoded("ERROR", e -> line(e, e.json()));
    }
    if (started || event.type() == WatchEvent.Type.BOOKMARK) {
      return event.encoded(later, e -> line(e, objectLater.apply(e)));
    }
    started = true;
    return event.encoded(first, e -> line(e, objectFirst.apply(e)));
  }

  private static byte[] line(WatchEvent event, byte[] object) {
    var head =
        ("{\"type\":\"" + event.type().name() + "\",\"object\":")
            .getBytes(StandardCharsets.US_ASCII);
    var line = new byte[head.length + object.length + TAIL.length];
    System.arraycopy(head, 0, line, 0, head.length);
    System.arraycopy(object, 0, line, head.length, object.length);
    System.arraycopy(TAIL, 0, line, head.length + object.length, TAIL.length);
    return line;
  }
}
