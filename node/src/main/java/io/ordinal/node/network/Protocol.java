package io.ordinal.node.network;

import java.util.Locale;
import java.util.Optional;

/// A transport protocol that Services know.
public enum Protocol {
  TCP,
  UDP,
  SCTP;

  /// Reads the spelling of the API; none means TCP.
  static Optional<Protocol> find(String text) {
    return switch (text) {
      case "", "TCP" -> Optional.of(TCP);
      case "UDP" -> Optional.of(UDP);
      case "SCTP" -> Optional.of(SCTP);
      default -> Optional.empty();
    };
  }

  /// As nftables and DNS spell it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
