package io.ordinal.platform.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.platform.why.Sentences.Language;
import io.ordinal.platform.why.facts.Cause;
import io.ordinal.platform.why.facts.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SentencesTest {

  private static final Pattern PLACE = Pattern.compile("\\{[a-z]+\\}");
  private static final Pattern CHINESE = Pattern.compile("[\\u4e00-\\u9fff]");

  @ParameterizedTest
  @EnumSource
  void everyCauseIsToldInBothLanguagesWithTheSameValues(Cause cause) {
    for (var part : new String[] {"text", "next"}) {
      var english = Sentences.template(cause, part, Language.EN);
      var chinese = Sentences.template(cause, part, Language.ZH);
      assertThat(english).isNotBlank().doesNotContainPattern(CHINESE);
      assertThat(chinese).containsPattern(CHINESE);
      // A next step may leave out what the sentence before it has named.
      if (part.equals("text")) assertThat(places(chinese)).isSubsetOf(places(english));
    }
  }

  private static Set<String> places(String text) {
    var all = new TreeSet<String>();
    PLACE.matcher(text).results().map(MatchResult::group).forEach(all::add);
    return all;
  }

  @Test
  void whatAClusterSaysIsQuotedAsItIs() {
    var finding =
        new Finding(Cause.CRASH_LOOP_SAID, "pod/web-0", "", Map.of("name", "web-0"))
            .with("container", "main")
            .with("code", 1)
            .with("message", "cannot open $1 \\ {name}\n  at line 2");
    assertThat(Sentences.text(finding, Language.EN))
        .isEqualTo(
            "Container main of pod web-0 ends again and again with exit code 1; it said last:"
                + " cannot open $1 \\ {name} at line 2");
  }

  @Test
  void whatAClusterSaysMovesNobodysTerminal() {
    var finding =
        new Finding(Cause.CRASH_LOOP_SAID, "pod/web-0", "", Map.of())
            .with("message", "\u0000\u001b[2Jall is well\u009b\b\u0007\n\u007fbut this\u0085");
    assertThat(finding.values()).containsEntry("message", "[2Jall is well but this");
  }

  @Test
  void theDocumentationNamesEveryCause() throws IOException {
    var page = Files.readString(Path.of("../docs/why.md"));
    for (var cause : Cause.values()) assertThat(page).contains("`" + cause.key() + "`");
  }
}
