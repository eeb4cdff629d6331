package io.ordinal.server.stream;

import io.ordinal.server.ApiException;
import io.ordinal.server.Query;
import io.ordinal.server.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// The ports of a port-forward, as clients write them.
final class ForwardedPorts {
  private static final int MOST = 100;
  private static final int LARGEST = 65_535;

  private ForwardedPorts() {}

  /// A port's number; empty when it is none.
  static OptionalInt number(String port) {
    try {
      var number = Integer.parseInt(port);
      return number >= 1 && number <= LARGEST ? OptionalInt.of(number) : OptionalInt.empty();
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /// What to say of a port that is none.
  static String refusal(String port) {
    return "\"" + port + "\" is not a port: it must be a number between 1 and 65535, inclusive";
  }

  /// The ports of the query parameter `ports`, which may be repeated and may hold several.
  ///
  /// @throws ApiException 400 when there are none, too many, or one that is no port
  static List<Integer> of(Query query) {
    var ports = new ArrayList<Integer>();
    for (var value : query.all("ports")) {
      for (var port : value.split(",", -1)) {
        ports.add(number(port).orElseThrow(() -> refused("ports: " + refusal(port))));
      }
    }
    if (ports.isEmpty()) {
      throw refused("query parameter \"ports\" is required");
    }
    if (ports.size() > MOST) {
      throw refused("ports: must have at most " + MOST + " items");
    }
    return ports;
  }

  private static ApiException refused(String why) {
    return new ApiException(Status.badRequest(why));
  }
}
