package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A cache of one kind of object, kept true by [Informers]. It may be late, never wrong about the
/// past: [#position] says how far it has come.
///
/// Objects in it are shared with every other reader and never mutated; edit through their builders.
/// Reading takes no lock. An informer that nobody feeds is a plain cache: tests fill it by
/// [#apply].
public final class Informer<T extends HasMetadata> {
  private final Class<T> type;
  private final ObjectCache<T> cache = new ObjectCache<>();
  private final List<ChangeListener<T>> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> onAdvance = new CopyOnWriteArrayList<>();
  private volatile long position;
  private volatile boolean synced;
  private volatile boolean keepsJson;

  public Informer(Class<T> type) {
    this.type = type;
  }

  public Class<T> type() {
    return type;
  }

  public Optional<T> get(ObjectKey key) {
    return cache.get(key).map(Cached::object);
  }

  /// The object with the JSON it came in, both of one moment; see [#keepJson].
  public Optional<Cached<T>> cached(ObjectKey key) {
    return cache.get(key);
  }

  public List<T> list() {
    return cache.list();
  }

  public List<T> list(String namespace) {
    return cache.list(namespace);
  }

  /// The objects that an index files under a value.
  public List<T> by(String index, String value) {
    return cache.by(index, value);
  }

  /// Files every object, those already here too, under the values that the function gives it. An
  /// index that exists is left as it is: parts that share an informer may both ask for it.
  public synchronized void addIndex(String name, Function<T, Collection<String>> values) {
    if (!cache.hasIndex(name)) cache.addIndex(name, values);
  }

  /// Objects are kept together with the JSON that the server sent. To be asked before the first
  /// list.
  public Informer<T> keepJson() {
    keepsJson = true;
    return this;
  }

  boolean keepsJson() {
    return keepsJson;
  }

  /// The listener first hears of everything that is already here.
  public synchronized void onChange(ChangeListener<T> listener) {
    listeners.add(listener);
    list().forEach(object -> listener.changed(null, object));
  }

  /// Runs after each change and each bookmark, when [#position] has moved.
  public void onAdvance(Runnable action) {
    onAdvance.add(action);
  }

  /// Whether the first list is in.
  public boolean synced() {
    return synced;
  }

  /// The newest resource version this cache is known to reflect, 0 before the first list.
  public long position() {
    return position;
  }

  /// An object has this state now.
  public void apply(T object) {
    apply(new Cached<>(object));
  }

  /// The same, together with its JSON.
  public synchronized void apply(Cached<T> cached) {
    var key = ObjectKey.of(cached.object());
    var before = cache.set(key, cached);
    tell(before, cached);
    advance(ResourceVersions.of(cached.object()));
  }

  /// An object is gone; `last` is its final state.
  public synchronized void remove(T last) {
    var before = cache.set(ObjectKey.of(last), null);
    if (before != null) tell(before, null);
    advance(ResourceVersions.of(last));
  }

  /// The whole truth at one version: what is not in it is gone.
  synchronized void replace(Collection<Cached<T>> all, long version) {
    var fresh = new TreeMap<ObjectKey, Cached<T>>();
    all.forEach(cached -> fresh.put(ObjectKey.of(cached.object()), cached));
    var gone = new TreeSet<>(cache.keys());
    gone.removeAll(fresh.keySet());
    gone.forEach(key -> tell(cache.set(key, null), null));
    fresh.forEach(this::refresh);
    synced = true;
    advance(version);
  }

  private void refresh(ObjectKey key, Cached<T> cached) {
    var known = cache.get(key);
    if (known.isPresent() && sameVersion(known.get().object(), cached.object())) return;
    tell(cache.set(key, cached), cached);
  }

  /// Nothing changed up to this version (a bookmark).
  synchronized void advance(long version) {
    position = Math.max(position, version);
    onAdvance.forEach(Runnable::run);
  }

  private void tell(@Nullable Cached<T> before, @Nullable Cached<T> after) {
    var was = before == null ? null : before.object();
    var is = after == null ? null : after.object();
    RuntimeException failure = null;
    for (var listener : listeners) {
      try {
        listener.changed(was, is);
      } catch (RuntimeException e) {
        // The others are told all the same: a new list would find nothing new to tell them.
        if (failure == null) failure = e;
        else failure.addSuppressed(e);
      }
    }
    if (failure != null) throw failure;
  }

  private static boolean sameVersion(HasMetadata a, HasMetadata b) {
    var version = a.getMetadata().getResourceVersion();
    return version != null && version.equals(b.getMetadata().getResourceVersion());
  }
}
