package io.ordinal.cluster;

import io.ordinal.cluster.pki.Issued;
import io.ordinal.cluster.pki.PemFiles;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;

/// The text of a kubeconfig file with everything inside it, so that the file can be copied
/// elsewhere.
public final class Kubeconfig {

  private Kubeconfig() {}

  /// A kubeconfig whose only context reaches `server` (an `https://` address) as the holder of the
  /// certificate.
  public static String text(String server, X509Certificate authority, Issued client) {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: ordinal
      cluster:
        server: %s
        certificate-authority-data: %s
    users:
    - name: admin
      user:
        client-certificate-data: %s
        client-key-data: %s
    contexts:
    - name: ordinal
      context:
        cluster: ordinal
        user: admin
    current-context: ordinal
    """
        .formatted(
            server,
            base64(PemFiles.pem(authority)),
            base64(PemFiles.pem(client.certificate())),
            base64(PemFiles.ecPem(client.key())));
  }

  /// Whether a kubeconfig of ours already says all of this.
  public static boolean says(String text, String server, X509Certificate authority, Issued client) {
    return text.contains("    server: " + server + "\n")
        && text.contains(base64(PemFiles.pem(authority)))
        && text.contains(base64(PemFiles.pem(client.certificate())));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
