package io.ordinal.server.answer;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// JSON for eyes, indented by two spaces as Kubernetes does.
final class PrettyJson {
  private static final ObjectWriter WRITER = writer();

  private PrettyJson() {}

  private static ObjectWriter writer() {
    var separators =
        Separators.createDefaultInstance()
            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    var indenter = new DefaultIndenter("  ", "\n");
    var printer =
        new DefaultPrettyPrinter(separators)
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    return JsonMapper.shared().writer().with(printer);
  }

  static byte[] write(JsonNode tree) {
    return WRITER.writeValueAsBytes(tree);
  }
}
