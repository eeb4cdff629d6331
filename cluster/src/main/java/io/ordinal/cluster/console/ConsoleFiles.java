package io.ordinal.cluster.console;

import io.ordinal.cluster.PrivateFiles;
import io.ordinal.cluster.UserError;
import io.ordinal.cluster.pki.Identity;
import io.ordinal.cluster.pki.Identity.Use;
import io.ordinal.cluster.pki.PemFiles;
import io.ordinal.cluster.pki.Pki;
import io.ordinal.http.Tls;
import io.ordinal.platform.clusters.Access;
import io.ordinal.platform.clusters.Seal;
import io.ordinal.platform.records.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/// What the console keeps in the `pki` folder of a data folder: its certificate, its credentials
/// for the cluster of this process, the key that encrypts those for others, and, when it may write
/// nothing into its cluster, all that it remembers.
record ConsoleFiles(Path folder, Pki pki) {

  /// What the console shows to browsers.
  private static final Identity CONSOLE =
      new Identity("console", "ordinal-console", List.of(), Use.SERVER);

  /// Whoever may act as anybody is an administrator, whatever else he is called.
  private static final Identity GATEWAY =
      new Identity("gateway", "ordinal:gateway", List.of("system:masters"), Use.CLIENT);

  private static final String SEAL_KEY = "clusters.key";

  /// What a console keeps that may write nothing into its cluster.
  private static final String RECORDS = "console.json";

  private static final String LOCK = "console.lock";

  Tls certificate(Collection<String> names) {
    var issued = pki.server(CONSOLE, names);
    return new Tls(issued.key(), List.of(issued.certificate(), pki.authority()));
  }

  /// The way to the API server of this process: over loopback, as to any other cluster.
  Access access(String address) {
    var issued = pki.client(GATEWAY);
    return new Access(
        URI.create(address),
        authority(),
        PemFiles.pem(issued.certificate()),
        PemFiles.pem(issued.key()),
        "");
  }

  /// The certificate of the authority that has signed the console's, in PEM.
  String authority() {
    return PemFiles.pem(pki.authority());
  }

  /// What the console remembers by itself.
  ///
  /// @throws UserError when the file is damaged
  Records records() {
    var file = folder.resolve(RECORDS);
    try {
      var kept = Files.exists(file) ? Files.readString(file) : "";
      return Records.inText(kept, text -> PrivateFiles.replace(file, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          UserError.DATA, file + " is damaged: put it back from a copy, or delete it");
    }
  }

  /// Makes sure that no other console writes these records, until it is closed.
  ///
  /// @throws UserError when one does
  AutoCloseable lock() {
    var file = folder.resolve(LOCK);
    try {
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isMine(channel)) return channel;
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new UserError(
        UserError.DATA, "another console uses " + folder + ": end it, or choose another --data");
  }

  private static boolean isMine(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /// The key that encrypts the credentials of other clusters; made at first use.
  byte[] sealKey(SecureRandom random) {
    var file = folder.resolve(SEAL_KEY);
    try {
      if (Files.exists(file)) {
        var kept = Base64.getDecoder().decode(Files.readString(file).strip());
        if (kept.length == Seal.KEY_BYTES) return kept;
        throw new UserError(UserError.DATA, file + " is damaged: put it back from a copy");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new UserError(UserError.DATA, file + " is damaged: put it back from a copy");
    }
    var key = new byte[Seal.KEY_BYTES];
    random.nextBytes(key);
    PrivateFiles.replace(file, Base64.getEncoder().encodeToString(key) + "\n");
    return key;
  }
}
