package io.ordinal.server.limits;

import io.ordinal.schema.Quantity;
import io.ordinal.server.tree.Tree;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// What a container or a pod asks for, held against an item of a limit range.
record Asked(Map<String, Quantity> requests, Map<String, Quantity> limits) {

  void check(ObjectNode limit, List<String> problems) {
    var type = Tree.text(limit, "type");
    Amounts.at(limit, "min").forEach((name, least) -> atLeast(type, name, least, problems));
    Amounts.at(limit, "max").forEach((name, most) -> atMost(type, name, most, problems));
    Amounts.at(limit, "maxLimitRequestRatio")
        .forEach((name, ratio) -> apart(type, name, ratio, problems));
  }

  void atLeast(String type, String name, Quantity least, List<String> problems) {
    var rule = "minimum %s usage per %s is %s".formatted(name, type, least);
    var request = requests.get(name);
    var limit = limits.get(name);
    if (request == null) problems.add(rule + ".  No request is specified");
    else if (least.compareTo(request) > 0) problems.add(rule + ", but request is " + request);
    else if (limit != null && least.compareTo(limit) > 0) {
      problems.add(rule + ", but limit is " + limit);
    }
  }

  private void atMost(String type, String name, Quantity most, List<String> problems) {
    var rule = "maximum %s usage per %s is %s".formatted(name, type, most);
    var request = requests.get(name);
    var limit = limits.get(name);
    if (limit == null) problems.add(rule + ".  No limit is specified");
    else if (limit.compareTo(most) > 0) problems.add(rule + ", but limit is " + limit);
    else if (request != null && request.compareTo(most) > 0) {
      problems.add(rule + ", but request is " + request);
    }
  }

  /// A limit may be so many times as high as the request.
  private void apart(String type, String name, Quantity ratio, List<String> problems) {
    var rule = "%s max limit to request ratio per %s is %s".formatted(name, type, ratio);
    var request = requests.getOrDefault(name, Quantity.ZERO);
    var limit = limits.getOrDefault(name, Quantity.ZERO);
    if (request.signum() == 0) {
      problems.add(rule + ", but no request is specified or request is 0");
    } else if (limit.signum() == 0) {
      problems.add(rule + ", but no limit is specified or limit is 0");
    } else if (limit.value().compareTo(request.value().multiply(ratio.value())) > 0) {
      var provided = limit.value().divide(request.value(), 6, RoundingMode.HALF_EVEN);
      problems.add(rule + ", but provided ratio is " + provided.toPlainString());
    }
  }
}
