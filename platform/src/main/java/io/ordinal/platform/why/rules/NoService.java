package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.NO_SERVICE;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Resource;
import java.util.stream.Stream;

/// The Service that gives the pods their names does not exist: they run, and do not find each
/// other.
final class NoService implements SetRule {

  @Override
  public Stream<Finding> judge(SetView set) {
    var name = set.set().text("/spec/serviceName");
    return set.scene().isMissing(Resource.SERVICES, name)
        ? Stream.of(set.finding(NO_SERVICE, "spec.serviceName").with("service", name))
        : Stream.empty();
  }
}
