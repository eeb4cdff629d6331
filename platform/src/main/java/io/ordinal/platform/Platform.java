package io.ordinal.platform;

import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.http.Tls;
import io.ordinal.kube.Informers;
import io.ordinal.kube.Loop;
import io.ordinal.platform.business.BusinessControllers;
import io.ordinal.platform.business.Businesses;
import io.ordinal.platform.business.Definitions;
import io.ordinal.platform.clusters.Access;
import io.ordinal.platform.clusters.Clusters;
import io.ordinal.platform.clusters.Limited;
import io.ordinal.platform.clusters.Member;
import io.ordinal.platform.clusters.Seal;
import io.ordinal.platform.console.Console;
import io.ordinal.platform.console.Console.Names;
import io.ordinal.platform.console.Console.People;
import io.ordinal.platform.gateway.Gateway;
import io.ordinal.platform.http.HttpsServer;
import io.ordinal.platform.members.Members;
import io.ordinal.platform.oidc.Oidc;
import io.ordinal.platform.records.Records;
import io.ordinal.platform.records.Remembered;
import io.ordinal.platform.sessions.AccessTokens;
import io.ordinal.platform.sessions.Credentials;
import io.ordinal.platform.sessions.Sessions;
import io.ordinal.platform.sessions.Streams;
import io.ordinal.platform.users.Account;
import io.ordinal.platform.users.Accounts;
import io.ordinal.platform.users.Passwords;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The platform in front of a hub cluster, which it knows only through the Kubernetes API: users,
/// sessions, clusters, businesses, and the console server in front of them.
public final class Platform implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

  private final Records records;
  private final Accounts accounts;
  private final Sessions sessions;
  private final AccessTokens tokens;
  private final Oidc oidc;
  private final Streams streams = new Streams();
  private final Clusters clusters;
  private final KubernetesClient hub;
  private final Businesses businesses;
  private final BusinessControllers controllers;
  private final Members members;
  private final InstantSource wall;
  private final Thread sweeper;
  private volatile @Nullable Thread opening;

  /// Two clocks.
  ///
  /// @param wall gives the times that are kept; somebody may set it
  /// @param steady measures pauses; never jumps
  public record Time(InstantSource wall, InstantSource steady) {}

  /// What a platform is made of.
  ///
  /// @param client of the hub, for what the platform itself keeps there and does there
  /// @param hub how the gateway reaches the hub; unless it is for one user alone, by a user who may
  ///   impersonate
  /// @param sealKey 32 bytes that encrypt the credentials for other clusters and for the issuer
  /// @param time the wall's for what is kept, a steady one for pauses
  public record Parts(
      KubernetesClient client, Access hub, byte[] sealKey, Time time, SecureRandom random) {
    @Override
    public String toString() {
      return "Parts[" + hub + "]";
    }
  }

  private Platform(Parts parts, Records records, Optional<Limited> limited) {
    wall = parts.time().wall();
    var steady = parts.time().steady();
    var random = parts.random();
    this.records = records;
    accounts = new Accounts(records, new Passwords(random), steady, random);
    sessions = new Sessions(records, wall, random);
    tokens = new AccessTokens(records, wall, random);
    var seal = new Seal(parts.sealKey(), random);
    oidc = new Oidc(records, seal, wall, random);
    clusters = new Clusters(parts.hub(), limited, records, seal, steady, random);
    hub = parts.client();
    businesses = new Businesses(new Informers(hub, steady, random));
    controllers = new BusinessControllers(hub, businesses, this::client, wall, steady, random);
    var setting = new Members.Setting(steady, random, this::lost);
    members = new Members(businesses, hub, this::client, setting);
    records.onChange(this::changed);
    sweeper = Loop.start("platform-sweep", this::sweepLater);
  }

  /// Opens the platform; nobody can reach it before [#serve].
  public static Platform open(Parts parts) {
    var records = Records.open(parts.client(), parts.time().steady(), parts.random());
    return new Platform(parts, records, Optional.empty());
  }

  /// Opens the platform for one user, in front of a hub whose credentials may not act for others.
  ///
  /// @param records of that user; nothing is written into the hub
  public static Platform openAlone(Parts parts, Limited limited, Records records) {
    return new Platform(parts, records, Optional.of(limited));
  }

  /// The users.
  public Accounts accounts() {
    return accounts;
  }

  /// A one-time password for the first administrator, unless there are users.
  public Optional<String> firstPassword() {
    return accounts.firstPassword();
  }

  /// Gives the platform's administrators their rights in the hub cluster.
  public void bindAdministrators() throws InterruptedException {
    clusters.bindAdministrators();
  }

  private Optional<KubernetesClient> client(String cluster) {
    return cluster.equals(Member.HUB) ? Optional.of(hub) : clusters.client(cluster);
  }

  /// Defines the kinds of businesses in the hub where they are missing, and keeps businesses from
  /// then on. It returns at once: nobody waits for it. Where the kinds can be neither made nor
  /// found, the platform goes on without businesses.
  public void keepBusinesses() {
    if (clusters.limited().isPresent()) return;
    opening = Loop.start("businesses", this::openBusinesses);
  }

  private boolean openBusinesses() throws InterruptedException {
    var missing = new Definitions(hub).ensure();
    if (missing.isEmpty()) {
      members.start();
      businesses.start();
      controllers.start();
    } else {
      LOG.warn("there are no businesses: {}", missing.get());
    }
    return false;
  }

  /// Serves the console; the server is closed by whoever asked for it.
  ///
  /// @throws UncheckedIOException when the address is in use or not ours
  public HttpsServer serve(InetSocketAddress address, Tls certificate, Names names) {
    var people = new People(accounts, new Credentials(sessions, tokens), oidc, members);
    var console = new Console(names, people, clusters, new Gateway(streams), wall);
    return HttpsServer.start(address, certificate, console);
  }

  /// Gives a user of a hub cluster a one-time password and signs him out everywhere. A console that
  /// runs meanwhile hears of it.
  ///
  /// @throws io.ordinal.platform.answer.Refusal when there is no such user
  public static String resetPassword(
      KubernetesClient client, InstantSource clock, SecureRandom random, String user) {
    var records = Records.asking(client, clock, random);
    var accounts = new Accounts(records, new Passwords(random), clock, random);
    var password = accounts.reset(user);
    var sessions = new Sessions(records, clock, random);
    new Credentials(sessions, new AccessTokens(records, clock, random)).endAll(user);
    return password;
  }

  /// Reaches the hub with other credentials from the next request on.
  public void renewHub(Access access) {
    clusters.renewHub(access);
  }

  /// What was opened with a session, a token or rights that are gone ends with them. A session that
  /// was merely used has changed, too.
  private void changed(Remembered before, Optional<Remembered> after) {
    if (before.type() == Remembered.Type.USER) streams.endOfUser(Account.nameOf(before));
    else if (after.isEmpty()) streams.endOf(before.name());
  }

  /// What somebody has opened with a role that he has no more ends with it.
  private void lost(Subject subject) {
    if (subject.getKind().equals("User")) {
      streams.endOfUser(subject.getName());
    } else {
      accounts.all().stream()
          .filter(account -> account.groups().contains(subject.getName()))
          .forEach(account -> streams.endOfUser(account.name()));
    }
  }

  private boolean sweepLater() throws InterruptedException {
    Thread.sleep(SWEEP_EVERY);
    sweep();
    return true;
  }

  /// Forgets sessions and tokens that are over, and ends what they have opened.
  public void sweep() {
    tokens.sweep(streams::endOf);
    sessions.sweep();
  }

  @Override
  public void close() {
    sweeper.interrupt();
    end(opening);
    controllers.close();
    streams.endAll();
    members.close();
    clusters.close();
    records.close();
  }

  private static void end(@Nullable Thread thread) {
    if (thread == null) return;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
