package io.ordinal.testing;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Starts a cluster when a test asks for one, and closes it after the test.
final class ClusterExtension implements ParameterResolver {

  private static final Namespace OURS = Namespace.create(ClusterExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == TestCluster.class || type == KubernetesClient.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var cluster = clusterOf(context);
    return parameter.getParameter().getType() == TestCluster.class ? cluster : cluster.client();
  }

  private static TestCluster clusterOf(ExtensionContext context) {
    var wanted = context.getRequiredTestClass().getAnnotation(OrdinalCluster.class);
    return context
        .getStore(OURS)
        .computeIfAbsent(
            context.getUniqueId(),
            _ -> new TestCluster(wanted.seed(), wanted.nodes()),
            TestCluster.class);
  }
}
