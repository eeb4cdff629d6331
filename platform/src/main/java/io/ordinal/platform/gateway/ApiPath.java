package io.ordinal.platform.gateway;

import io.ordinal.platform.answer.Refusal;
import java.util.List;
import java.util.Set;

/// A path below a cluster's API server, exactly as it was sent. Paths that two servers may
/// understand differently are refused: what the gateway has checked must be what the cluster gets.
///
/// @param raw with a leading slash, without the query
public record ApiPath(String raw) {

  private static final Set<String> ROOTS = Set.of("api", "apis", "version", "openapi");
  private static final String PROXY = "proxy";
  private static final int HEX = 16;

  /// Refuses paths that mean more than they show.
  ///
  /// @param path of any request, raw
  /// @throws Refusal 400
  public static void checkTricks(String path) {
    if (!path.startsWith("/")) throw trick("it does not begin with /");
    if (path.contains("//")) throw trick("it has an empty segment");
    for (var segment : path.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) throw trick("it has a segment of dots");
    }
    for (int i = 0; i < path.length(); i++) {
      var c = path.charAt(i);
      if (c == '%') checkEscape(path, i);
      else if (c <= ' ' || c >= 0x7f || c == '\\' || c == ';')
        throw trick("it has a stray character");
    }
  }

  /// An escape may stand for what needs one, and for nothing that divides or shortens a path.
  private static void checkEscape(String path, int at) {
    if (at + 2 >= path.length()) throw trick("it has a broken escape");
    var high = Character.digit(path.charAt(at + 1), HEX);
    var low = Character.digit(path.charAt(at + 2), HEX);
    if (high < 0 || low < 0) throw trick("it has a broken escape");
    var c = high * HEX + low;
    var needless = Character.isLetterOrDigit(c) || "-_~".indexOf(c) >= 0;
    if (needless || c < ' ' || c >= 0x7f || "./\\%;".indexOf(c) >= 0) {
      throw trick("it has an escape that hides something");
    }
  }

  private static Refusal trick(String why) {
    return Refusal.badRequest("the path is refused: " + why);
  }

  /// A path to pass on.
  ///
  /// @throws Refusal 400 for tricks, 403 for what would lead out of the API server, 404 for what is
  ///   no part of the API
  static ApiPath parse(String raw) {
    checkTricks(raw);
    if (raw.endsWith("/")) throw trick("it ends with an empty segment");
    var segments = List.of(raw.substring(1).split("/", -1));
    if (!ROOTS.contains(segments.getFirst())) throw Refusal.notFound("path", raw);
    if (leadsOut(segments)) {
      throw Refusal.forbidden(
          "proxy is refused: what a pod, a Service or a node serves would come with the console's origin");
    }
    return new ApiPath(raw);
  }

  /// Whether the resource or the subresource is `proxy`. A namespace or an object may have that
  /// name.
  private static boolean leadsOut(List<String> segments) {
    var resource =
        switch (segments.getFirst()) {
          case "api" -> 2;
          case "apis" -> 3;
          default -> Integer.MAX_VALUE;
        };
    if (resource >= segments.size()) return false;
    if (segments.get(resource).equals("watch")) resource++;
    if (isProxy(segments, resource) || isProxy(segments, resource + 2)) return true;
    return resource < segments.size()
        && segments.get(resource).equals("namespaces")
        && isProxy(segments, resource + 4);
  }

  private static boolean isProxy(List<String> segments, int at) {
    return at < segments.size() && segments.get(at).equals(PROXY);
  }
}
