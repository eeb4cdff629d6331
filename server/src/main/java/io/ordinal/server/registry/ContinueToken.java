package io.ordinal.server.registry;

import io.ordinal.server.ApiException;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;

/// Where the next page of a list begins, as clients carry it around (contract B4).
///
/// @param revision the one that all pages show; -1 when the rest is read as of now
/// @param after the last key that was read, without the kind's prefix
record ContinueToken(long revision, String after) {
  static final long INCONSISTENT = -1;
  private static final String VERSION = "meta.k8s.io/v1";

  static ContinueToken parse(String token) {
    try {
      var tree = Json.parse(Base64.getUrlDecoder().decode(token));
      var start = Tree.text(tree, "start");
      if (!Tree.text(tree, "v").equals(VERSION) || !start.endsWith("\0")) throw unreadable();
      return new ContinueToken(
          Tree.number(INCONSISTENT, tree, "rv"), start.substring(0, start.length() - 1));
    } catch (IllegalArgumentException | JacksonException e) {
      throw unreadable();
    }
  }

  private static ApiException unreadable() {
    return Refusals.badRequest("continue key is not valid: encoding error or unsupported version");
  }

  @Override
  public String toString() {
    var tree = Tree.object("v", VERSION).put("rv", revision).put("start", after + "\0");
    var json = tree.toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }
}
