package io.ordinal.bench;

/// Objects of about 2 KB, as the API wants them.
final class ConfigMaps {

  private static final String PADDING = "0123456789abcdef".repeat(110);

  private ConfigMaps() {}

  static String path(String namespace) {
    return "/api/v1/namespaces/" + namespace + "/configmaps";
  }

  /// @param mark a text that is found again in the watch
  static String json(String name, String mark) {
    return """
    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","labels":{"app":"ordinal-bench"}},\
    "data":{"mark":"%s","padding":"%s"}}\
    """
        .formatted(name, mark, PADDING);
  }
}
