package io.ordinal.cluster;

import io.ordinal.cluster.pki.Identity;
import io.ordinal.cluster.pki.Issued;
import io.ordinal.cluster.pki.Pki;
import io.ordinal.http.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificates that a running cluster shows and gives to its administrator. A cluster may run
/// for longer than a certificate lives: each look renews those that end soon.
final class Certificates {

  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

  private final Pki pki;
  private final Supplier<? extends Collection<String>> names;
  private final Path adminConf;
  private Issued server;

  /// @param names what the API server is reached by now: DNS names and addresses
  Certificates(Pki pki, Supplier<? extends Collection<String>> names, Path adminConf) {
    this.pki = pki;
    this.names = names;
    this.adminConf = adminConf;
    this.server = pki.server(Identity.API_SERVER, names.get());
  }

  /// Who has issued them, and whom it has given keys to.
  Pki pki() {
    return pki;
  }

  /// What the API server shows.
  synchronized Tls tls() {
    return new Tls(
        server.key(), List.of(server.certificate(), pki.authority()), List.of(pki.authority()));
  }

  /// Renews what ends soon: listeners get another certificate, `admin.conf` is rewritten.
  ///
  /// @param address where the API server answers, as a URL
  synchronized void look(String address, Consumer<Tls> listeners) {
    var current = pki.server(Identity.API_SERVER, names.get());
    if (!current.certificate().equals(server.certificate())) {
      server = current;
      listeners.accept(tls());
      LOG.info("the API server shows a new certificate, good until {}", end(current));
    }
    writeAdminConf(address);
  }

  /// Rewrites `admin.conf` only when it would say something else: making its key's text costs
  /// start-up time.
  void writeAdminConf(String address) {
    var admin = pki.client(Identity.ADMIN);
    try {
      if (Files.exists(adminConf)
          && Kubeconfig.says(Files.readString(adminConf), address, pki.authority(), admin)) {
        return;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PrivateFiles.replace(adminConf, Kubeconfig.text(address, pki.authority(), admin));
    LOG.info("{} is good until {}", adminConf, end(admin));
  }

  private static String end(Issued issued) {
    return issued.certificate().getNotAfter().toInstant().toString();
  }
}
