package io.ordinal.kube;

/// Looks at the present state of what a key names and brings it nearer to what is wanted. It may be
/// called at any time, any number of times; one key is never in two hands. An exception means:
/// again later, with back-off.
@FunctionalInterface
public interface Reconciler {
  // Whatever goes wrong in a pass is answered in one place, so any exception may come out of it.
  Outcome reconcile(ObjectKey key) throws Exception;
}
