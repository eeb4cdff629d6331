package io.ordinal.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives each test of a class a cluster of its own: as a parameter of type [TestCluster], and its
/// client as a `KubernetesClient`.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClusterExtension.class)
public @interface OrdinalCluster {

  /// How many simulated nodes it has.
  int nodes() default 1;

  /// What decides the order of events; the same seed plays the same story.
  long seed() default 1;
}
