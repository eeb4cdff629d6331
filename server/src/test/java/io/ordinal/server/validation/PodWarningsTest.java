package io.ordinal.server.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.tree.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodWarningsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'containers':[{'env':[{'name':'A','value':'1'},{'name':'A','value':'2'}]}]} | spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped when using apply",
        "{'containers':[{'ports':[{'containerPort':1},{'containerPort':1}]}]} | spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]",
        "{'containers':[{'resources':{'limits':{'memory':'1500m'}}}]} | spec.containers[0].resources.limits[memory]: fractional byte value \"1500m\" is invalid, must be an integer",
        "{'nodeSelector':{'beta.kubernetes.io/os':'linux'}} | spec.nodeSelector[beta.kubernetes.io/os]: deprecated; use \"kubernetes.io/os\" instead",
        "{'terminationGracePeriodSeconds':-1} | spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1",
        "{'volumes':[{'gitRepo':{'repository':'r'}}]} | spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+",
      })
  void whatIsHardlyMeant(String spec, String warning) {
    assertThat(PodWarnings.of(Json.parse(spec.replace('\'', '"')), FieldPath.SPEC))
        .containsExactly(warning);
  }

  @Test
  void aVariableMadeOfItselfHidesNothing() {
    var spec =
        "{'containers':[{'env':[{'name':'P','value':'/a'},{'name':'P','value':'$(P):/b'}]}]}";
    assertThat(PodWarnings.of(Json.parse(spec.replace('\'', '"')), FieldPath.SPEC)).isEmpty();
  }
}
