package io.ordinal.platform.gateway;

import io.ordinal.platform.clusters.Member;
import io.ordinal.platform.why.facts.Source;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Reads a cluster's objects as the user who asks: what he may not see, this does not see either.
public record UserSource(Traveller traveller, Member cluster) implements Source {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// A list of a few thousand pods.
  private static final int MOST_BYTES = 32 * 1024 * 1024;

  private static final int UNAUTHORIZED = 401;

  @Override
  public Reply get(String path) {
    var request = cluster.upstream().request(path).header("Accept", "*/*");
    traveller.impersonate(cluster, request::header);
    HttpResponse<byte[]> answer;
    try {
      answer = cluster.upstream().whole(request.build(), PATIENCE, MOST_BYTES);
    } catch (IOException e) {
      throw Gateway.silent(cluster, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Gateway.silent(cluster, new IOException("the question was given up", e));
    }
    if (answer.statusCode() == UNAUTHORIZED) throw Gateway.refusedUs(cluster);
    return new Reply(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
  }
}
