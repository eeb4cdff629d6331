package io.ordinal.store;

import java.util.Optional;

/// Values under keys, every change numbered. Knows nothing of Kubernetes.
///
/// Each put and each delete takes the next revision: 1, 2, 3, … without a gap. What etcd promises
/// holds here too: writes are atomic and durable before they are answered, reads at one revision
/// are consistent, and a watch sees every change once, in order. Past revisions stay readable until
/// they are compacted.
///
/// Every method may be called from any thread, virtual ones included. Only writes wait.
public interface Store extends AutoCloseable {

  /// The revision of the newest committed change; 0 when nothing was ever written.
  long revision();

  /// Everything before this revision has been forgotten: reads at a lower one and watches after a
  /// lower one are refused. 0 when nothing was compacted yet.
  long compactedRevision();

  /// The value under a key now.
  Optional<Entry> get(String key);

  /// The entries under a prefix, in the order of their keys, all as of one revision.
  ///
  /// @throws CompactedException when the range asks for a revision below [#compactedRevision()]
  /// @throws FutureRevisionException when it asks for one above [#revision()]
  Page range(Range range);

  /// Stores a value, and answers with what is stored as soon as that is durable.
  ///
  /// @throws ConflictException when the key is not as expected; nothing was written
  /// @throws UnavailableException when writes are refused for now; nothing was written
  /// @throws OutcomeUnknownException when the commit failed half-way: read to learn what came of it
  Entry put(String key, Value value, Expect expect);

  /// Removes a key, and answers with the entry as watchers see it last: `last` at the revision of
  /// the deletion.
  ///
  /// @throws ConflictException when the key is absent or not as expected; nothing was written
  /// @throws UnavailableException when writes are refused for now; nothing was written
  /// @throws OutcomeUnknownException when the commit failed half-way: read to learn what came of it
  Entry delete(String key, Value last, Expect expect);

  /// Every change under a prefix with a revision above `after`, in order, none twice, none missing.
  ///
  /// @throws CompactedException when some of those changes are forgotten already: read anew, then
  ///   watch
  /// @throws FutureRevisionException when `after` is above [#revision()], as after a restored
  ///   backup
  Watch watch(String prefix, long after);

  /// Forgets what was superseded or deleted at or before a revision. The value each key had at that
  /// revision stays, so reads at it and watches after it still work. A revision above the newest
  /// counts as the newest; one that is compacted already changes nothing.
  void compact(long revision);

  /// Why writes are refused for now; empty when they are not.
  Optional<String> problem();

  /// Ends all watches and gives back what the store holds. Writes that wait are finished first.
  @Override
  void close();
}
