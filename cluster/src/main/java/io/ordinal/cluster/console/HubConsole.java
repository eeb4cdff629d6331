package io.ordinal.cluster.console;

import io.ordinal.cluster.Parts;
import io.ordinal.cluster.pki.Pki;
import io.ordinal.platform.Platform;
import io.ordinal.platform.Platform.Time;
import io.ordinal.platform.clusters.Access;
import io.ordinal.platform.clusters.Limited;
import io.ordinal.platform.console.Console.Names;
import io.ordinal.platform.http.HttpsServer;
import io.ordinal.platform.records.Records;
import io.ordinal.platform.users.Accounts;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;

/// The platform in front of a hub cluster, with the server that browsers reach.
public final class HubConsole implements AutoCloseable {

  private final Parts parts;
  private final ConsoleFiles files;
  private final ConsoleAddress address;
  private final Hub hub;
  private final Platform platform;
  private final HttpsServer server;
  private Access shown;

  private HubConsole(Parts parts, ConsoleFiles files, ConsoleAddress address, Hub hub, Time time) {
    var random = new SecureRandom();
    this.parts = parts;
    this.files = files;
    this.address = address;
    this.hub = hub;
    this.shown = hub.access().apply(files);
    parts.add(hub.client());
    var made = new Platform.Parts(hub.client(), shown, files.sealKey(random), time, random);
    this.platform =
        parts.add(
            hub.limited().isEmpty()
                ? Platform.open(made)
                : alone(parts, files, address, made, hub.limited().get()));
    var names = new Names(address::allNames, files.authority());
    var certificate = files.certificate(address.allNames());
    this.server = parts.add(address.listen(where -> platform.serve(where, certificate, names)));
  }

  /// For one user, who has no better rights than the kubeconfig on his disk.
  private static Platform alone(
      Parts parts,
      ConsoleFiles files,
      ConsoleAddress address,
      Platform.Parts made,
      Limited limited) {
    address.requireLoopback();
    parts.add(files.lock());
    return Platform.openAlone(made, limited, files.records());
  }

  /// What a console that acts for others makes in its hub, for whoever has to agree to it.
  public static List<String> makes() {
    return List.of(
        "this makes, where missing:",
        "  namespace " + Records.NAMESPACE,
        "    with Secrets for users, sessions, tokens, further clusters and the identity provider",
        "  ClusterRoleBinding ordinal:administrators, of that group to cluster-admin",
        "and makes or, where they differ, overwrites:",
        "  CustomResourceDefinitions projects.business.tkestack.io, namespaces.business.tkestack.io,",
        "    projectpolicybindings.auth.tkestack.io",
        "  for each business, also those that are there already:",
        "    namespaces with labels and a ResourceQuota; they are deleted with it",
        "    ClusterRoles, ClusterRoleBindings and RoleBindings named business:…");
  }

  /// Starts the console, makes the first administrator and begins to keep businesses.
  ///
  /// @param folder of the console's certificates and keys
  /// @param listening told the address, as a URL
  /// @param say told the address, and the one-time password if there is one, before the slow part
  /// @param said run after that
  public static HubConsole start(
      Path folder,
      ConsoleAddress address,
      Hub hub,
      Time time,
      Consumer<String> listening,
      Consumer<String> say,
      Runnable said) {
    var parts = new Parts();
    return parts.orCloseAll(() -> {
      var files = new ConsoleFiles(folder, Pki.open(folder, time.wall()));
      var console = new HubConsole(parts, files, address, hub, time);
      listening.accept(console.url());
      say.accept("console: " + console.url());
      var password = console.platform.firstPassword();
      password.ifPresent(word ->
          say.accept(
              "console: sign in as %s with the one-time password %s"
                  .formatted(Accounts.FIRST, word)));
      said.run();
      password.ifPresent(console.platform.accounts()::makeFirst);
      console.platform.bindAdministrators();
      console.platform.keepBusinesses();
      return console;
    });
  }

  /// Where a browser on this machine finds it.
  public String url() {
    return address.endpoint().url(server.port());
  }

  /// Renews the certificates that end soon, and shows and uses the new ones.
  public void renew() {
    server.renew(files.certificate(address.allNames()));
    var access = hub.access().apply(files);
    if (access.equals(shown)) return;
    shown = access;
    platform.renewHub(access);
  }

  @Override
  public void close() {
    parts.close();
  }
}
