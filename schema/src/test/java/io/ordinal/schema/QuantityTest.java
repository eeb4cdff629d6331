package io.ordinal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0Gi, 0",
    "-0, 0",
    "1, 1",
    "+1, 1",
    "-1, -1",
    "1000, 1k",
    "1024, 1024",
    "1024Ki, 1Mi",
    "1.5Gi, 1536Mi",
    "0.5, 500m",
    ".5, 500m",
    "5., 5",
    "100m, 100m",
    "1500m, 1500m",
    "2000m, 2",
    "1e3, 1e3",
    "1E3, 1e3",
    "1e2, 100",
    "12e6, 12e6",
    "1e-3, 1e-3",
    "0.1e1, 1",
    "1E, 1E",
    "1k, 1k",
    "1n, 1n",
    "0.1n, 1n",
    "-0.1n, -1n",
    "1.0000000001, 1000000001n",
    "512Ki, 512Ki",
    "512, 512",
    "0.5Ki, 512",
    "1023Ki, 1023Ki",
    "1.2Ki, 1228800m",
    "9223372036854775808, 9223372036854775807",
    "8Ei, 9223372036854775807",
    "100Ei, 9223372036854775807",
    "1000000, 1M",
    "123456789, 123456789"
  })
  void canonicalForm(String text, String canonical) {
    assertThat(Quantity.parse(text).canonical()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a",
        "1 Gi",
        "1gi",
        "1KI",
        "1.2.3",
        "--1",
        "1e",
        "Gi",
        "1e3Gi",
        "0x10",
        "1e99999999999",
        "+",
        "1ki"
      })
  void notAQuantity(String text) {
    assertThatThrownBy(() -> Quantity.parse(text)).isInstanceOf(NumberFormatException.class);
  }

  @ParameterizedTest
  @CsvSource({"1, 1000m, 0", "1Ki, 1k, 1", "100m, 0.2, -1", "1Gi, 1073741824, 0", "-1, 0, -1"})
  void comparesByAmount(String left, String right, int expected) {
    assertThat(Quantity.parse(left).compareTo(Quantity.parse(right))).isEqualTo(expected);
    assertThat(Quantity.parse(left).equals(Quantity.parse(right))).isEqualTo(expected == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1000",
    "100m, 1, 100",
    "1100m, 2, 1100",
    "0.1m, 1, 1",
    "-1500m, -1, -1500",
    "1Ki, 1024, 1024000"
  })
  void roundsUp(String text, long units, long millis) {
    assertThat(Quantity.parse(text).ceiling()).isEqualTo(units);
    assertThat(Quantity.parse(text).ceilingMillis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({"1Gi, 1Gi, 2Gi", "1, 500m, 1500m", "0, 1Gi, 1Gi", "1k, 1Ki, 2024"})
  void adds(String left, String right, String sum) {
    assertThat(Quantity.parse(left).plus(Quantity.parse(right)).canonical()).isEqualTo(sum);
  }
}
