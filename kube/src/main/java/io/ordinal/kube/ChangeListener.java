package io.ordinal.kube;

import org.jspecify.annotations.Nullable;

/// Hears of every change in an informer's cache, after the cache shows it: `before` is null for
/// what appeared, `after` for what vanished. It runs on the informer's thread: it enqueues a key
/// and returns.
@FunctionalInterface
public interface ChangeListener<T> {
  void changed(@Nullable T before, @Nullable T after);
}
