package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// For tests: finds out when somebody changed an object that lives in an informer's cache. It keeps
/// the JSON of each object as it came, and [#verify] compares.
public final class MutationDetector {
  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final IdentityHashMap<Object, String> asTheyCame = new IdentityHashMap<>();

  public <T extends HasMetadata> MutationDetector follow(Informer<T> informer) {
    informer.onChange(this::changed);
    return this;
  }

  /// Fails with the object as it came and as it is.
  public synchronized void verify() {
    asTheyCame.forEach(this::verify);
  }

  private synchronized void changed(@Nullable Object before, @Nullable Object after) {
    if (before != null) {
      var came = asTheyCame.remove(before);
      if (came != null) verify(before, came);
    }
    if (after != null) asTheyCame.put(after, serialization.asJson(after));
  }

  private void verify(Object object, String came) {
    var is = serialization.asJson(object);
    if (!is.equals(came)) {
      throw new AssertionError("an object in a cache was changed\nwas " + came + "\nis  " + is);
    }
  }
}
