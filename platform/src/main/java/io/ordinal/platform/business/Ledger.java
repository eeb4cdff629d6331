package io.ordinal.platform.business;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a business has granted in one cluster, and the arithmetic of it. It is one field of one
/// object, so whoever grants from what he has not read is refused: no two can give away the same
/// room.
///
/// What always holds: of everything that is limited, all grants together are within the limit, and
/// every grant names it.
///
/// @param hard the limits in force; what is not named is unlimited
/// @param used what is granted, together
/// @param namespaces what each namespace of the cluster may have, by its name there
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Ledger(
    Map<String, Quantity> hard, Map<String, Quantity> used, Map<String, Grant> namespaces) {

  static final Ledger EMPTY = new Ledger(null, null, null);

  public Ledger(
      @Nullable Map<String, Quantity> hard,
      @Nullable Map<String, Quantity> used,
      @Nullable Map<String, Grant> namespaces) {
    this.hard = Absent.asEmpty(hard);
    this.used = Absent.asEmpty(used);
    this.namespaces = Absent.asEmpty(namespaces);
  }

  /// Why a namespace cannot have what it asks for; empty when it can, or has it.
  Optional<Refused> refusal(Wish wish) {
    if (has(wish)) return Optional.empty();
    return QuotaKeys.refusal(wish.hard())
        .or(() -> unlimited(wish))
        .or(() -> belowUsed(wish))
        .or(() -> beyondRoom(wish));
  }

  private boolean has(Wish wish) {
    var grant = namespaces.get(wish.namespace());
    return grant != null && grant.hard().equals(wish.hard());
  }

  private Optional<Refused> unlimited(Wish wish) {
    return hard.keySet().stream()
        .sorted()
        .filter(key -> !wish.hard().containsKey(key))
        .findFirst()
        .map(key ->
            Refused.of(
                Refused.QUOTA_MISSING, "the business limits %s: its namespaces have to, too", key));
  }

  private static Optional<Refused> belowUsed(Wish wish) {
    for (var limit : new TreeMap<>(wish.hard()).entrySet()) {
      var used = wish.used().get(limit.getKey());
      if (used != null && Grant.amount(limit.getValue()).compareTo(Grant.amount(used)) < 0) {
        return Optional.of(
            Refused.of(
                Refused.QUOTA_BELOW_USED,
                "%s: %s is less than the %s in use",
                limit.getKey(),
                limit.getValue(),
                used));
      }
    }
    return Optional.empty();
  }

  private Optional<Refused> beyondRoom(Wish wish) {
    for (var limit : new TreeMap<>(hard).entrySet()) {
      var key = limit.getKey();
      var wanted = wish.hard().get(key);
      var room = Grant.amount(limit.getValue()).subtract(grantedToOthers(key, wish.namespace()));
      if (wanted != null && Grant.amount(wanted).compareTo(room) > 0) {
        return Optional.of(
            Refused.of(
                Refused.QUOTA_EXCEEDED,
                "%s: %s is more than the business has left of its %s",
                key,
                wanted,
                limit.getValue()));
      }
    }
    return Optional.empty();
  }

  private BigDecimal grantedToOthers(String key, String namespace) {
    return namespaces.entrySet().stream()
        .filter(other -> !other.getKey().equals(namespace))
        .flatMap(other -> other.getValue().reserved(key).stream())
        .map(Grant::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// After the namespace got what it asks for; the same when that is refused.
  Ledger granting(Wish wish) {
    if (has(wish) || refusal(wish).isPresent()) return this;
    var before = namespaces.get(wish.namespace());
    return with(
        wish.namespace(),
        before == null ? new Grant(wish.hard(), null) : before.changedTo(wish.hard()));
  }

  /// After the cluster was told what the namespace may have.
  Ledger told(String namespace) {
    var grant = namespaces.get(namespace);
    return grant == null || grant.held() == null ? this : with(namespace, grant.told());
  }

  private Ledger with(String namespace, Grant grant) {
    var all = new LinkedHashMap<>(namespaces);
    all.put(namespace, grant);
    return of(hard, all);
  }

  /// After the namespace was gone.
  Ledger without(String namespace) {
    if (!namespaces.containsKey(namespace)) return this;
    var all = new LinkedHashMap<>(namespaces);
    all.remove(namespace);
    return of(hard, all);
  }

  /// Why the business cannot be limited like this; empty when it can.
  Optional<Refused> refusal(Map<String, Quantity> limits) {
    return QuotaKeys.refusal(limits)
        .or(() -> unlimitedGrant(limits))
        .or(() -> belowGranted(limits));
  }

  private Optional<Refused> unlimitedGrant(Map<String, Quantity> limits) {
    for (var key : new TreeMap<>(limits).keySet()) {
      for (var each : namespaces.entrySet()) {
        if (each.getValue().reserved(key).isEmpty()) {
          return Optional.of(
              Refused.of(
                  Refused.QUOTA_MISSING,
                  "%s: namespace %s has no limit of it: set that first",
                  key,
                  each.getKey()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Refused> belowGranted(Map<String, Quantity> limits) {
    for (var limit : new TreeMap<>(limits).entrySet()) {
      var granted = grantedToOthers(limit.getKey(), "");
      if (Grant.amount(limit.getValue()).compareTo(granted) < 0) {
        return Optional.of(
            Refused.of(
                Refused.QUOTA_BELOW_USED,
                "%s: %s is less than its namespaces have been granted",
                limit.getKey(),
                limit.getValue()));
      }
    }
    return Optional.empty();
  }

  /// With other limits; the same when they are refused.
  Ledger limitedTo(Map<String, Quantity> limits) {
    return refusal(limits).isPresent() || limits.equals(hard) ? this : of(limits, namespaces);
  }

  private static Ledger of(Map<String, Quantity> hard, Map<String, Grant> namespaces) {
    var used = new TreeMap<String, Quantity>();
    namespaces
        .values()
        .forEach(grant ->
            grant.reserved().forEach((key, amount) -> used.merge(key, amount, Quantity::add)));
    return new Ledger(hard, used, namespaces);
  }
}
