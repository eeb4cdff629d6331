package io.ordinal.platform.business;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Quantity;
import io.ordinal.platform.business.ProjectSpec.Limits;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one namespace may have.
///
/// @param hard its limits; what is not named is unlimited
/// @param held what it had before it got less: nobody else gets the difference before its cluster
///   has been told. Null when there is no difference
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Grant(Map<String, Quantity> hard, @Nullable Limits held) {

  public Grant(@Nullable Map<String, Quantity> hard, @Nullable Limits held) {
    this.hard = Absent.asEmpty(hard);
    this.held = held;
  }

  /// The most that the namespace can have at this moment, its cluster told or not.
  Map<String, Quantity> reserved() {
    return held == null ? hard : most(hard, held.hard());
  }

  /// The same namespace with other limits.
  Grant changedTo(Map<String, Quantity> wanted) {
    var before = reserved();
    return new Grant(wanted, covers(wanted, before) ? null : new Limits(before));
  }

  /// The cluster knows the limits.
  Grant told() {
    return new Grant(hard, null);
  }

  /// The larger of each two; what one of them leaves unlimited is unlimited.
  static Map<String, Quantity> most(Map<String, Quantity> a, Map<String, Quantity> b) {
    var most = new LinkedHashMap<String, Quantity>();
    a.forEach((key, amount) -> {
      var other = b.get(key);
      if (other != null)
        most.put(key, amount(amount).compareTo(amount(other)) < 0 ? other : amount);
    });
    return most;
  }

  /// Whether whoever may have `more` may have `less`.
  static boolean covers(Map<String, Quantity> more, Map<String, Quantity> less) {
    return more.entrySet().stream()
        .allMatch(limit -> {
          var other = less.get(limit.getKey());
          return other != null && amount(other).compareTo(amount(limit.getValue())) <= 0;
        });
  }

  static BigDecimal amount(Quantity quantity) {
    return quantity.getNumericalAmount();
  }

  /// The most of one thing; empty when it is unlimited.
  Optional<Quantity> reserved(String key) {
    return Optional.ofNullable(reserved().get(key));
  }
}
