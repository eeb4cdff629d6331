package io.ordinal.controllers.volume;

import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.controllers.write.Writer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;

/// Creates the storage classes of a fresh cluster once, when the controllers begin. A class that is
/// there is left as it is, whatever somebody has made of it.
public final class FreshClasses {
  /// Adds the task to the context's controllers.
  public FreshClasses(ControllerContext context) {
    var writer = new Writer(context.client("local-provisioner"));
    context
        .controller(
            "storage-classes",
            _ -> {
              StorageClasses.ofFreshCluster().forEach(writer::createIfAbsent);
              return Outcome.DONE;
            },
            1)
        .add(new ObjectKey("", "storage-classes"));
  }
}
