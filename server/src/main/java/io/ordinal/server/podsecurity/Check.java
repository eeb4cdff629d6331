package io.ordinal.server.podsecurity;

import java.util.Optional;

/// One control of the Pod Security Standards.
@FunctionalInterface
interface Check {
  Optional<Finding> of(Subject pod);
}
