package io.ordinal.platform.business;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The arithmetic of what is granted.
class LedgerTest {

  private static final Map<String, Quantity> NOTHING = Map.of();

  @Test
  void whatFitsIsGrantedAndWhatDoesNotIsNot() {
    var ledger = limited("pods=10").granting(wish("a", "pods=4")).granting(wish("b", "pods=6"));
    assertThat(ledger.used()).isEqualTo(amounts("pods=10"));
    var more = wish("c", "pods=1");
    assertThat(ledger.refusal(more)).map(Refused::reason).contains(Refused.QUOTA_EXCEEDED);
    assertThat(ledger.granting(more)).isEqualTo(ledger);
  }

  @Test
  void anIncreaseThatDoesNotFitKeepsWhatWasGranted() {
    var ledger = limited("pods=10").granting(wish("a", "pods=4")).granting(wish("b", "pods=5"));
    assertThat(ledger.granting(wish("a", "pods=6"))).isEqualTo(ledger);
    assertThat(requireNonNull(ledger.granting(wish("a", "pods=5")).namespaces().get("a")).hard())
        .isEqualTo(amounts("pods=5"));
  }

  @Test
  void whatIsGivenUpIsHeldUntilItsClusterKnows() {
    var less = limited("pods=10").granting(wish("a", "pods=10")).granting(wish("a", "pods=4"));
    assertThat(less.used()).isEqualTo(amounts("pods=10"));
    assertThat(less.refusal(wish("b", "pods=6"))).isPresent();
    assertThat(less.told("a").granting(wish("b", "pods=6")).namespaces()).containsKey("b");
  }

  @Test
  void whoMayHaveAnythingHoldsAnything() {
    var free = Ledger.EMPTY.granting(wish("a", ""));
    assertThat(free.refusal(amounts("pods=9"))).isPresent();
    var limited = free.granting(wish("a", "pods=5"));
    assertThat(limited.refusal(amounts("pods=9"))).isPresent();
    assertThat(limited.told("a").refusal(amounts("pods=9"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "services=1, QuotaMissing",
    "pods=1 podz=1, QuotaInvalid",
    "pods=many, QuotaInvalid",
    "pods=-1, QuotaInvalid",
    "pods=3.5, QuotaInvalid",
    "pods=3500m, QuotaInvalid",
    "pods=4 count/statefulsets.apps=1.5, QuotaInvalid",
    "pods=4 requests.nvidia.com/gpu=500m, QuotaInvalid",
    "pods=4 count/=1, QuotaInvalid",
    "pods=4 /pods=1, QuotaInvalid",
    "pods=4 count/stateful/sets=1, QuotaInvalid",
    "pods=4 Count/statefulsets.apps=1, QuotaInvalid",
    "pods=4 count/statefulsets.=1, QuotaInvalid",
    "pods=4 -x.io/gpu=1, QuotaInvalid",
    "pods=2, QuotaBelowUsed",
    "pods=11, QuotaExceeded",
  })
  void aRefusalSaysWhy(String hard, String reason) {
    var wish = new Wish("a", amounts(hard), amounts("pods=3"));
    assertThat(limited("pods=10").refusal(wish)).map(Refused::reason).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "pods=3.5, pods: 3.5 is no whole number",
    "pods=many, 'pods: many is no amount such as 3, 500m or 2Gi'",
    "podz=1, 'podz cannot be limited; pods, requests.cpu or count/statefulsets.apps can'",
  })
  void aRefusalNamesTheFieldAndTheValue(String hard, String message) {
    assertThat(QuotaKeys.refusal(amounts(hard))).map(Refused::message).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pods=3000m services=1k",
        "requests.cpu=1.5 limits.memory=1.5Gi",
        "count/statefulsets.apps=2 requests.nvidia.com/gpu=1",
        "gold.storageclass.storage.k8s.io/requests.storage=1.5Gi",
      })
  void whatAClusterTakesIsTaken(String hard) {
    assertThat(QuotaKeys.refusal(amounts(hard))).isEmpty();
  }

  @Test
  void unitsAreUnderstood() {
    var ledger = limited("requests.memory=1Gi requests.cpu=2");
    assertThat(ledger.refusal(wish("a", "requests.memory=1024Mi requests.cpu=2000m"))).isEmpty();
    assertThat(ledger.refusal(wish("a", "requests.memory=1025Mi requests.cpu=1"))).isPresent();
    assertThat(ledger.refusal(wish("a", "requests.memory=1Mi requests.cpu=2001m"))).isPresent();
  }

  @Test
  void limitsNeverFallBelowWhatIsGranted() {
    var ledger = limited("pods=10").granting(wish("a", "pods=7"));
    assertThat(ledger.limitedTo(amounts("pods=6"))).isEqualTo(ledger);
    assertThat(ledger.limitedTo(amounts("pods=7")).hard()).isEqualTo(amounts("pods=7"));
    assertThat(ledger.limitedTo(NOTHING).hard()).isEmpty();
  }

  /// Namespaces change their minds, clusters hear of it late, limits change, and passes are written
  /// on what somebody read before: what the clusters allow is never more than the limit.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void neverMoreIsInForceThanTheBusinessMayHave(long seed) {
    var random = new Random(seed);
    var ledger = limited("pods=20 services=9");
    var real = new TreeMap<String, Map<String, Quantity>>();
    for (int step = 0; step < 4000; step++) {
      var name = "n" + random.nextInt(6);
      switch (random.nextInt(6)) {
        case 0, 1 -> ledger = ledger.granting(wish(name, someAmounts(random)));
        case 2 -> {
          var grant = ledger.namespaces().get(name);
          if (grant != null) real.put(name, grant.hard());
        }
        case 3 -> {
          var grant = ledger.namespaces().get(name);
          if (grant != null && grant.hard().equals(real.get(name))) ledger = ledger.told(name);
        }
        case 4 -> {
          real.remove(name);
          ledger = ledger.without(name);
        }
        default -> ledger = ledger.limitedTo(amounts(someAmounts(random).replace("=", "=1")));
      }
      checkAll(ledger, real, "seed %d, step %d".formatted(seed, step));
    }
  }

  private static void checkAll(
      Ledger ledger, Map<String, Map<String, Quantity>> real, String when) {
    ledger
        .hard()
        .forEach((key, limit) -> {
          assertThat(sum(real.values(), key)).as(when).isLessThanOrEqualTo(Grant.amount(limit));
          assertThat(sum(ledger.namespaces().values().stream().map(Grant::reserved).toList(), key))
              .as(when)
              .isLessThanOrEqualTo(Grant.amount(limit));
        });
  }

  /// Everybody reads, decides and writes whenever chance lets him; a write on what is no longer the
  /// newest is refused, as the API server does it.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void of64InterleavedRequestsAsManyAreGrantedAsFit(long seed) {
    var random = new Random(seed);
    var stored = limited("pods=40");
    var version = 0;
    var read = new HashMap<Integer, Map.Entry<Integer, Ledger>>();
    var waiting = new ArrayList<Integer>();
    for (int i = 0; i < 64; i++) waiting.add(i);
    while (!waiting.isEmpty()) {
      Collections.shuffle(waiting, random);
      var who = waiting.getFirst();
      var seen = read.remove(who);
      if (seen == null) {
        read.put(who, Map.entry(version, stored));
      } else if (seen.getKey() == version) {
        stored = seen.getValue().granting(wish("n" + who, "pods=3"));
        version++;
        waiting.remove((Object) who);
      }
    }
    assertThat(stored.namespaces()).as("seed %d", seed).hasSize(13);
    assertThat(stored.used()).isEqualTo(amounts("pods=39"));
  }

  private static BigDecimal sum(Iterable<Map<String, Quantity>> all, String key) {
    var sum = BigDecimal.ZERO;
    for (var each : all) {
      assertThat(each).containsKey(key);
      sum = sum.add(Grant.amount(each.getOrDefault(key, new Quantity("0"))));
    }
    return sum;
  }

  private static String someAmounts(Random random) {
    var some = new ArrayList<String>();
    if (random.nextInt(10) > 0) some.add("pods=" + random.nextInt(12));
    if (random.nextInt(10) > 0) some.add("services=" + random.nextInt(5));
    return String.join(" ", some);
  }

  private static Ledger limited(String hard) {
    return Ledger.EMPTY.limitedTo(amounts(hard));
  }

  private static Wish wish(String namespace, String hard) {
    return new Wish(namespace, amounts(hard), NOTHING);
  }

  private static Map<String, Quantity> amounts(String text) {
    var amounts = new TreeMap<String, Quantity>();
    for (var each : List.of(text.split(" ", -1))) {
      var parts = each.split("=", -1);
      if (parts.length == 2) amounts.put(parts[0], new Quantity(parts[1]));
    }
    return amounts;
  }
}
