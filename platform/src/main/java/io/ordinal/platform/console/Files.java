package io.ordinal.platform.console;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The console's files, from a folder of the class path. Beside a file there may be `.br` and
/// `.gz`, made when the console was built: nothing is compressed here.
final class Files {

  private static final String INDEX = "/index.html";

  /// A name with a hash of the content, as bundlers give it: another content has another name.
  private static final Pattern HASHED = Pattern.compile(".*[-.][A-Za-z0-9_-]{8,}\\.[a-z0-9]+");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("map", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("wasm", "application/wasm"));

  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private static final byte[] NOT_BUILT =
      """
      <!doctype html><html lang="en"><meta charset="utf-8"><title>Ordinal</title>
      <h1>Ordinal</h1>
      <p>The console was not built into this Ordinal: kubectl works, and so does the gateway.</p>
      <p lang="zh">此 Ordinal 未包含控制台页面；kubectl 和网关可照常使用。</p>
      """
          .getBytes(StandardCharsets.UTF_8);

  private final String folder;
  private final Map<String, Stored> stored = new ConcurrentHashMap<>();

  private record Stored(byte[] bytes, String tag) {}

  /// @param folder of the class path, such as `/console`
  Files(String folder) {
    this.folder = folder;
  }

  /// Answers with a file; with the first page where the path is one of the console's own.
  ///
  /// @throws Refusal 404
  void answer(Exchange exchange) throws IOException {
    if (!METHODS.contains(exchange.method())) throw Refusal.methodNotAllowed();
    var path = exchange.path();
    var ending = ending(path);
    if (TYPES.containsKey(ending) && find(path).isPresent()) {
      send(exchange, path, TYPES.get(ending));
    } else if (!ending.isEmpty() && !wantsPage(exchange)) {
      throw Refusal.notFound("file", path);
    } else {
      page(exchange);
    }
  }

  /// The first page: it finds out itself what the path means.
  void page(Exchange exchange) throws IOException {
    if (find(INDEX).isPresent()) {
      send(exchange, INDEX, String.valueOf(TYPES.get("html")));
    } else {
      exchange.answer(200, "text/html; charset=utf-8", NOT_BUILT);
    }
  }

  /// Whether somebody has typed the address, or followed a link.
  static boolean wantsPage(Exchange exchange) {
    return exchange.method().equals("GET")
        && exchange.header("Sec-Fetch-Dest").equals("document")
        && exchange.header("Accept").contains("text/html");
  }

  private void send(Exchange exchange, String path, String type) throws IOException {
    var immutable = HASHED.matcher(path).matches() && !path.equals(INDEX);
    exchange.set("Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
    exchange.set("Vary", "Accept-Encoding");
    var variant = variant(exchange, path);
    var file = find(variant.path()).orElseThrow();
    exchange.set("ETag", file.tag());
    if (exchange.header("If-None-Match").equals(file.tag())) {
      exchange.response().setStatus(304);
      exchange.write(true, java.nio.ByteBuffer.allocate(0));
      exchange.callback().succeeded();
      return;
    }
    if (!variant.encoding().isEmpty()) exchange.set("Content-Encoding", variant.encoding());
    exchange.answer(200, type, file.bytes());
  }

  private record Variant(String path, String encoding) {}

  private Variant variant(Exchange exchange, String path) {
    if (accepts(exchange, "br") && find(path + ".br").isPresent()) {
      return new Variant(path + ".br", "br");
    }
    if (accepts(exchange, "gzip") && find(path + ".gz").isPresent()) {
      return new Variant(path + ".gz", "gzip");
    }
    return new Variant(path, "");
  }

  private static boolean accepts(Exchange exchange, String encoding) {
    return exchange.request().getHeaders().getCSV("Accept-Encoding", false).stream()
        .map(each -> each.replaceAll("\\s", ""))
        .anyMatch(each ->
            each.equals(encoding) || (each.startsWith(encoding + ";q=") && !each.endsWith("=0")));
  }

  /// Files never change while the process runs. What is not there is not remembered: anybody may
  /// ask for anything.
  private Optional<Stored> find(String path) {
    var known = stored.get(path);
    if (known != null) return Optional.of(known);
    var read = read(path);
    read.ifPresent(found -> stored.put(path, found));
    return read;
  }

  private Optional<Stored> read(String path) {
    try (var in = Files.class.getResourceAsStream(folder + path)) {
      if (in == null || path.endsWith("/")) return Optional.empty();
      var bytes = in.readAllBytes();
      return Optional.of(new Stored(bytes, tag(bytes)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String tag(byte[] bytes) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What follows the last dot of the last segment; "" when there is none.
  private static String ending(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    var dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }
}
