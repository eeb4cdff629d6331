package io.ordinal.platform.sessions;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// What is open in the name of users: watches, logs, terminals. They end with the session or the
/// token that opened them, and whenever their user's rights may have changed.
public final class Streams {

  private record Owner(String user, String credential) {}

  private final Map<Owner, Set<Closeable>> open = new ConcurrentHashMap<>();

  /// Remembers an open stream until the answer is closed.
  public Closeable opened(String user, String credential, Closeable stream) {
    var owner = new Owner(user, credential);
    open.compute(
        owner,
        (_, streams) -> {
          var set = streams == null ? ConcurrentHashMap.<Closeable>newKeySet() : streams;
          set.add(stream);
          return set;
        });
    return () ->
        open.computeIfPresent(
            owner,
            (_, streams) -> {
              streams.remove(stream);
              return streams.isEmpty() ? null : streams;
            });
  }

  /// Ends what a session or a token has opened.
  public void endOf(String credential) {
    end(owner -> owner.credential().equals(credential));
  }

  /// Ends what a user has opened.
  public void endOfUser(String user) {
    end(owner -> owner.user().equals(user));
  }

  /// Ends everything.
  public void endAll() {
    end(_ -> true);
  }

  private void end(Predicate<Owner> which) {
    open.forEach((owner, streams) -> {
      if (which.test(owner)) streams.forEach(Streams::closeQuietly);
    });
  }

  /// Ends a stream, whatever it says to that.
  public static void closeQuietly(Closeable stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // Its end is what was wanted.
    }
  }
}
