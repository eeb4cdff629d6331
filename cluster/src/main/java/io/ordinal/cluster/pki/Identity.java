package io.ordinal.cluster.pki;

import java.util.List;

/// Whom a certificate speaks for: Kubernetes reads the common name as the user and the
/// organisations as groups.
///
/// @param file the base name of its files below the `pki` folder
public record Identity(String file, String commonName, List<String> organisations, Use use) {

  /// What a certificate may be used for (RFC 5280 §4.2.1.12).
  public enum Use {
    CLIENT,
    SERVER
  }

  /// The administrator, whom no authorisation rule stops.
  public static final Identity ADMIN =
      new Identity("admin", "kubernetes-admin", List.of("system:masters"), Use.CLIENT);

  /// The API server, as clients see it.
  public static final Identity API_SERVER =
      new Identity("apiserver", "kube-apiserver", List.of(), Use.SERVER);
}
