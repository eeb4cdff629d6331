package io.ordinal.node.images;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Which images an archive holds: read from its own table of contents, since the versions of `ctr`
/// word what they imported differently.
final class ArchiveNames {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int BLOCK = 512;
  private static final int LARGEST_TABLE = 1 << 20;
  private static final String OCI = "index.json";
  private static final String DOCKER = "manifest.json";

  private ArchiveNames() {}

  /// @param digest empty when the archive does not say
  record Named(String name, String digest) {}

  /// The images with a name, in a `docker save` archive or an OCI layout, gzipped or not.
  ///
  /// @throws IOException when it is neither
  static List<Named> in(Path archive) throws IOException {
    try (var in = opened(archive)) {
      var tables = tables(in);
      var names =
          Stream.concat(ociNames(tables.get(OCI)), dockerNames(tables.get(DOCKER))).toList();
      var known = new HashMap<String, Named>();
      names.forEach(named -> known.putIfAbsent(named.name(), named));
      return known.values().stream().sorted(java.util.Comparator.comparing(Named::name)).toList();
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(archive + " is no image archive: " + e.getMessage(), e);
    }
  }

  private static InputStream opened(Path archive) throws IOException {
    var in = new BufferedInputStream(Files.newInputStream(archive));
    in.mark(2);
    var zipped = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return zipped ? new BufferedInputStream(new GZIPInputStream(in)) : in;
  }

  private static Map<String, JsonNode> tables(InputStream in) throws IOException {
    var found = new HashMap<String, JsonNode>();
    for (var header = in.readNBytes(BLOCK);
        header.length == BLOCK && header[0] != 0;
        header = in.readNBytes(BLOCK)) {
      var name = text(header, 0, 100).replaceFirst("^\\./", "");
      var size = Long.parseLong(text(header, 124, 12).strip(), 8);
      var padding = (BLOCK - size % BLOCK) % BLOCK;
      if ((name.equals(OCI) || name.equals(DOCKER)) && size <= LARGEST_TABLE) {
        found.put(name, JSON.readTree(in.readNBytes((int) size)));
        in.skipNBytes(padding);
      } else {
        in.skipNBytes(size + padding);
      }
    }
    return found;
  }

  private static String text(byte[] header, int at, int room) {
    var end = at;
    while (end < at + room && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }

  private static Stream<Named> ociNames(@org.jspecify.annotations.Nullable JsonNode index) {
    return index == null
        ? Stream.empty()
        : index.path("manifests").valueStream().flatMap(ArchiveNames::ociName);
  }

  private static Stream<Named> ociName(JsonNode manifest) {
    var annotations = manifest.path("annotations");
    var full = annotations.path("io.containerd.image.name").asString("");
    return full.isEmpty()
        ? Stream.empty()
        : Stream.of(
            new Named(ImageName.parse(full).toString(), manifest.path("digest").asString("")));
  }

  private static Stream<Named> dockerNames(@org.jspecify.annotations.Nullable JsonNode images) {
    return images == null
        ? Stream.empty()
        : images
            .valueStream()
            .flatMap(image -> image.path("RepoTags").valueStream())
            .map(tag -> new Named(ImageName.parse(tag.asString()).toString(), ""));
  }
}
