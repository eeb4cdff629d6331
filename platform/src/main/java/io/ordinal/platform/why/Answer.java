package io.ordinal.platform.why;

import io.ordinal.platform.why.Sentences.Language;
import io.ordinal.platform.why.facts.Finding;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Why something is not ready: the thing that was asked about first, then what keeps it waiting.
///
/// @param unseen the plural names of what the user may not read although it might hold the cause
public record Answer(List<Item> items, List<String> unseen) {

  /// One object. The first finding is its cause; a ready object may have findings, too: what its
  /// user should know.
  ///
  /// @param object as kubectl names it
  public record Item(String object, boolean ready, List<Finding> findings) {}

  /// Whether what was asked about is ready.
  public boolean ready() {
    return items.getFirst().ready();
  }

  /// As the gateway sends it.
  public ObjectNode json() {
    var json = JsonMapper.shared().createObjectNode();
    var all = json.putArray("items");
    for (var item : items) {
      var each = all.addObject().put("object", item.object()).put("ready", item.ready());
      if (item.findings().isEmpty()) continue;
      write(each.putObject("cause"), item.findings().getFirst());
      var others = each.putArray("others");
      item.findings().stream().skip(1).forEach(other -> write(others.addObject(), other));
    }
    var hidden = json.putArray("unseen");
    unseen.forEach(hidden::add);
    return json;
  }

  private static void write(ObjectNode to, Finding finding) {
    to.put("rule", finding.cause().key());
    to.put("object", finding.object());
    to.put("field", finding.field());
    to.putObject("text")
        .put("en", Sentences.text(finding, Language.EN))
        .put("zh", Sentences.text(finding, Language.ZH));
    to.putObject("next")
        .put("en", Sentences.next(finding, Language.EN))
        .put("zh", Sentences.next(finding, Language.ZH));
  }
}
