package io.ordinal.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  private static boolean takesUtf8(Map<String, String> environment) {
    return Terminal.takesUtf8(environment::get);
  }

  @Test
  void theFirstVariableThatIsSetNamesTheEncoding() {
    assertThat(takesUtf8(Map.of("LANG", "zh_CN.UTF-8"))).isTrue();
    assertThat(takesUtf8(Map.of("LC_ALL", "zh_CN.utf8", "LANG", "C"))).isTrue();
    assertThat(takesUtf8(Map.of("LC_ALL", "", "LC_CTYPE", "C.UTF-8"))).isTrue();
    assertThat(takesUtf8(Map.of("LC_ALL", "zh_CN.GB18030", "LANG", "zh_CN.UTF-8"))).isFalse();
    assertThat(takesUtf8(Map.of("LANG", "C"))).isFalse();
    assertThat(takesUtf8(Map.of())).isFalse();
  }

  @Test
  void theFirstVariableThatIsSetNamesTheLanguage() {
    var mixed = Map.of("LC_ALL", "", "LC_MESSAGES", "zh_CN.UTF-8", "LANG", "en_US.UTF-8");
    assertThat(Terminal.locale("LC_MESSAGES", mixed::get)).isEqualTo("zh_CN.UTF-8");
    assertThat(Terminal.locale("LC_CTYPE", mixed::get)).isEqualTo("en_US.UTF-8");
    assertThat(Terminal.locale("LC_MESSAGES", name -> null)).isEmpty();
  }
}
