package io.ordinal.server.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.server.ApiException;
import io.ordinal.server.ApiRequest;
import io.ordinal.server.ApiResponse;
import io.ordinal.server.Headers;
import io.ordinal.server.Query;
import io.ordinal.server.User;
import io.ordinal.server.registry.Answer;
import io.ordinal.server.registry.Subscription;
import io.ordinal.server.registry.WatchEvent;
import io.ordinal.server.table.Printer;
import io.ordinal.server.tree.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class AnswerEncoderTest {
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final String POD =
      "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\",\"resourceVersion\":\"7\"},"
          + "\"spec\":{\"x\":1}}";

  private final AnswerEncoder encoder = new AnswerEncoder(Clock.systemUTC(), new Random(1));

  @Test
  void storedBytesGoOutAsTheyAre() {
    var bytes = POD.getBytes(StandardCharsets.UTF_8);
    var answer = encode(new Answer.One(200, bytes), "*/*", "");
    assertThat(answer.body()).containsExactly(bytes);
    assertThat(answer.headers().first("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void aListIsItsItemsInAnEnvelope() {
    assertThat(text(encode(pods(2), "application/json", "")))
        .isEqualTo(
            "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"9\","
                + "\"continue\":\"next\",\"remainingItemCount\":3},\"items\":["
                + POD
                + ","
                + POD
                + "]}\n");
    assertThat(text(encode(pods(0), "application/json", ""))).endsWith("\"items\":[]}\n");
  }

  @Test
  void aTableHasColumnsRowsAndPartialObjects() {
    var table = tree(encode(pods(2), TABLE + ",application/json", ""));
    assertThat(table.path("kind").asString()).isEqualTo("Table");
    assertThat(table.path("metadata").path("continue").asString()).isEqualTo("next");
    assertThat(table.path("columnDefinitions").get(0).path("format").asString()).isEqualTo("name");
    assertThat(table.path("rows").size()).isEqualTo(2);
    var row = table.path("rows").get(1);
    assertThat(row.path("cells").get(0).asString()).isEqualTo("p");
    assertThat(row.path("object").path("kind").asString()).isEqualTo("PartialObjectMetadata");
    assertThat(row.path("object").has("spec")).isFalse();
  }

  @Test
  void rowsCarryTheObjectOrNothingWhenAsked() {
    var whole = tree(encode(pods(1), TABLE, "includeObject=Object"));
    assertThat(whole.path("rows").get(0).path("object").has("spec")).isTrue();
    var none = tree(encode(pods(1), TABLE, "includeObject=None"));
    assertThat(none.path("rows").get(0).path("object").isNull()).isTrue();
    assertThatThrownBy(() -> encode(pods(1), TABLE, "includeObject=Some"))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void metadataAloneIsEnoughForSome() {
    var accept =
        "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,"
            + "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
    var list = tree(encode(pods(1), accept, ""));
    assertThat(list.path("kind").asString()).isEqualTo("PartialObjectMetadataList");
    assertThat(list.path("items").get(0).has("spec")).isFalse();
    assertThat(list.path("items").get(0).path("metadata").path("name").asString()).isEqualTo("p");
  }

  @Test
  void theMostWantedFormWins() {
    var bytes = POD.getBytes(StandardCharsets.UTF_8);
    var yaml = encode(new Answer.One(200, bytes), "application/json;q=0.5,application/yaml", "");
    assertThat(yaml.headers().first("Content-Type")).isEqualTo("application/yaml");
    assertThat(text(yaml)).contains("kind: Pod");
    var pretty = encode(new Answer.One(200, bytes), "application/json", "pretty=true");
    assertThat(text(pretty)).contains("{\n  \"apiVersion\": \"v1\",\n");
  }

  @Test
  void whatNobodyCanMakeIsNotAcceptable() {
    var answer = new Answer.One(200, POD.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> encode(answer, "text/html", ""))
        .hasMessage(
            "only the following media types are accepted: application/json, application/yaml");
  }

  @Test
  void warningsAreHeaders() {
    var answer =
        new Answer.One(
            200, POD.getBytes(StandardCharsets.UTF_8), List.of("unknown field \"spec.x\""));
    assertThat(encode(answer, "", "").headers().all("Warning"))
        .containsExactly("299 - \"unknown field \\\"spec.x\\\"\"");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, timeoutSeconds=soon",
    "application/json, timeoutSeconds=3000000000",
    "application/yaml, watch=1"
  })
  void aWatchThatCannotBeServedIsEnded(String accept, String query) {
    var subscription = new Quiet();
    assertThatThrownBy(() -> encode(new Answer.Watching(subscription), accept, query))
        .isInstanceOf(ApiException.class);
    assertThat(subscription.ended()).isTrue();
  }

  /// A watch of what never changes.
  private static final class Quiet implements Subscription {
    private boolean closed;

    @Override
    public @Nullable WatchEvent poll() {
      return null;
    }

    @Override
    public @Nullable WatchEvent poll(Duration wait) {
      return null;
    }

    @Override
    public boolean ended() {
      return closed;
    }

    @Override
    public WatchEvent bookmark() {
      throw new UnsupportedOperationException("nobody reads it");
    }

    @Override
    public void onWake(Runnable r) {
      // It never has anything.
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static Answer.Many pods(int count) {
    var items = Collections.nCopies(count, POD.getBytes(StandardCharsets.UTF_8));
    return new Answer.Many("v1", "PodList", 9, "next", OptionalLong.of(3), items);
  }

  private ApiResponse.Whole encode(Answer answer, String accept, String query) {
    var headers = accept.isEmpty() ? Headers.NONE : Headers.of("Accept", accept);
    var request =
        new ApiRequest("GET", "/", Query.parse(query), headers, User.ANONYMOUS, new byte[0]);
    var response = encoder.encode(answer, Printer.NAME_ONLY, request, Representation.of(request));
    return (ApiResponse.Whole) response;
  }

  private static String text(ApiResponse.Whole response) {
    return new String(response.bytes(), StandardCharsets.UTF_8);
  }

  private static ObjectNode tree(ApiResponse.Whole response) {
    return Json.parse(response.bytes());
  }
}
