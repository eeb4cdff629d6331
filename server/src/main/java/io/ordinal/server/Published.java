package io.ordinal.server;

import io.ordinal.schema.Gvk;
import io.ordinal.schema.OpenApi;
import io.ordinal.schema.Schemas;
import io.ordinal.schema.ServedResource;
import io.ordinal.server.discovery.Discovery;
import io.ordinal.server.discovery.DiscoveryPaths;
import io.ordinal.server.discovery.OpenApiPaths;
import io.ordinal.server.registry.Registry;
import io.ordinal.server.registry.Served;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the server says of itself, discovery and OpenAPI, for the kinds that it serves at the
/// moment.
final class Published {
  private final Registry registry;
  private final Schemas schemas;
  private volatile Documents documents;

  /// @param about what they say it of
  record Documents(
      List<Served> about, Discovery discovery, DiscoveryPaths paths, OpenApiPaths openApi) {

    Optional<ApiResponse> answer(ApiRequest request) {
      return paths.answer(request).or(() -> openApi.answer(request)).map(whole -> whole);
    }
  }

  Published(Registry registry, Schemas schemas) {
    this.registry = registry;
    this.schemas = schemas;
    this.documents = make(registry.served());
  }

  /// They are made anew when other kinds are served; of each, only the part that is asked for.
  Documents now() {
    var all = registry.served();
    var known = documents;
    if (known.about.equals(all)) return known;
    var made = make(all);
    documents = made;
    return made;
  }

  private Documents make(List<Served> all) {
    var served = ResourceRoutes.served(all);
    var described = served.stream().map(Published::described).toList();
    var discovery = new Discovery(served);
    return new Documents(
        all,
        discovery,
        new DiscoveryPaths(discovery),
        new OpenApiPaths(new OpenApi(schemas, described, Version.GIT_VERSION)));
  }

  private static ServedResource described(Served served) {
    var subresources =
        served.subresources().stream()
            .map(sub ->
                new ServedResource.Subresource(
                    sub.name(),
                    new Gvk(sub.group(), sub.version(), sub.kind()),
                    Set.copyOf(sub.verbs())))
            .toList();
    return new ServedResource(
        new Gvk(served.group(), served.version(), served.kind()),
        served.resource(),
        served.namespaced(),
        Set.copyOf(served.verbs()),
        subresources,
        served.custom());
  }
}
