package io.ordinal.platform.users;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.answer.Refusal.Cause;
import io.ordinal.platform.records.Records;
import io.ordinal.platform.records.Remembered;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The users: local ones with their passwords, and those for whom an issuer has vouched.
public final class Accounts {

  /// The first administrator, who cannot be deleted.
  public static final String FIRST = "admin";

  private static final int CONFLICT = 409;
  private static final int MEETINGS = 3;
  private static final String PASSWORD = "password";
  private static final String WRONG = "the user name or the password is wrong";

  /// From one address against one name.
  private static final int FREE_FAILURES = 3;

  /// From anywhere against one name: guessers with many addresses are slowed down too, but later.
  private static final int FREE_FAILURES_ANYWHERE = 30;

  private final Records records;
  private final Passwords passwords;
  private final SecureRandom random;
  private final Attempts here;
  private final Attempts anywhere;

  public Accounts(Records records, Passwords passwords, InstantSource clock, SecureRandom random) {
    this.records = records;
    this.passwords = passwords;
    this.random = random;
    this.here = new Attempts(clock, FREE_FAILURES);
    this.anywhere = new Attempts(clock, FREE_FAILURES_ANYWHERE);
  }

  /// The user of this name.
  public Optional<Account> find(String name) {
    return record(name).map(Account::of);
  }

  private Optional<Remembered> record(String name) {
    return records.find(Remembered.Type.USER, Vouched.keyOf(name));
  }

  /// All users, by name.
  public List<Account> all() {
    return records.all(Remembered.Type.USER).stream().map(Account::of).toList();
  }

  /// A one-time password for the first administrator, when there is no user at all. He is made by
  /// [#makeFirst], which takes longer than anybody should wait for the password.
  public Optional<String> firstPassword() {
    return records.all(Remembered.Type.USER).isEmpty()
        ? Optional.of(PasswordRule.oneTime(random))
        : Optional.empty();
  }

  /// Makes the first administrator.
  public void makeFirst(String oneTimePassword) {
    var first = new Account(FIRST, "Administrator", "", "", List.of(), true, true);
    records.create(first.record(passwords.hash(oneTimePassword)));
  }

  /// The user who shows that he knows his password.
  ///
  /// @param address where the attempt comes from
  /// @throws Refusal 401 when he does not, and it is the same when there is no such user; 429 when
  ///   there were too many attempts
  public Proven signIn(String name, String password, String address) {
    var hash = attempt(name, password, address, Accounts::wrong);
    return new Proven(find(name).orElseThrow(Accounts::wrong), hash);
  }

  /// A user who has shown that he knows his password.
  ///
  /// @param hash the one that his password matched
  public record Proven(Account account, String hash) {
    /// A hash is secret.
    @Override
    public String toString() {
      return "Proven[" + account.name() + "]";
    }
  }

  /// Whether the password with which somebody signed in is still his. Whoever changes it, or
  /// deletes the user, ends the sessions that he finds: one may have begun later.
  public boolean stillHolds(Proven proven) {
    return record(proven.account().name())
        .filter(record -> record.text(PASSWORD).equals(proven.hash()))
        .isPresent();
  }

  /// What whoever does not know his password is told.
  public static Refusal wrong() {
    return Refusal.unauthorized(WRONG);
  }

  private interface No {
    Refusal because();
  }

  /// Answers the hash that the password matched.
  private String attempt(String name, String password, String address, No no) {
    if (PasswordRule.isTooLong(password) || PasswordRule.isTooLong(name)) throw no.because();
    var pair = address + " " + name;
    here.check(pair);
    anywhere.check(name);
    here.begin(pair);
    anywhere.begin(name);
    var hash = record(name).map(record -> record.text(PASSWORD)).filter(text -> !text.isEmpty());
    if (!passwords.matches(password, hash)) throw no.because();
    here.succeeded(pair);
    anywhere.succeeded(name);
    return hash.orElseThrow();
  }

  /// A user changes his own password.
  ///
  /// @throws Refusal 422 when the old one is wrong, or the new one too weak or the same; 409 when
  ///   he has none here
  public void changePassword(String name, String old, String fresh, String address) {
    local(name);
    checkPassword("new", fresh);
    if (old.equals(fresh)) throw Refusal.invalid("new", "must not be the old one");
    No no = () -> Refusal.invalid("old", "is not the password");
    var hash = attempt(name, old, address, no);
    var record = local(name);
    // An administrator may have replaced it meanwhile.
    if (!record.text(PASSWORD).equals(hash)) throw no.because();
    set(record, fresh, false);
  }

  /// Gives a user a one-time password, which he has to change at once.
  ///
  /// @throws Refusal 404 when there is no such user
  public String reset(String name) {
    var password = PasswordRule.oneTime(random);
    set(local(name), password, true);
    return password;
  }

  private void set(Remembered record, String password, boolean mustChange) {
    var account = Account.of(record).withMustChange(mustChange);
    records.update(record.withFields(account.fields(passwords.hash(password))));
    anywhere.succeeded(account.name());
  }

  private Remembered get(String name) {
    return record(name).orElseThrow(() -> Refusal.notFound("user", name));
  }

  private Remembered local(String name) {
    var record = get(name);
    if (Account.of(record).local()) return record;
    throw Refusal.conflict("the identity provider says who this user is: change it there");
  }

  /// Remembers a user for whom an issuer has just vouched, as it described him.
  public Account meet(Account vouched) {
    for (int attempt = 1; ; attempt++) {
      try {
        return Account.of(remember(vouched));
      } catch (Refusal e) {
        // Another browser of his was faster.
        if (e.code() != CONFLICT || attempt == MEETINGS) throw e;
      }
    }
  }

  private Remembered remember(Account vouched) {
    var fields = vouched.fields("");
    var known = record(vouched.name());
    if (known.isEmpty()) return records.create(vouched.record(""));
    // What changes ends the user's streams.
    if (known.get().fields().equals(fields)) return known.get();
    return records.update(known.get().withFields(fields));
  }

  /// Makes a user with a password that he has to change.
  ///
  /// @throws Refusal 422 or 409
  public Account create(Account account, String password) {
    account.check();
    checkPassword("password", password);
    var made = account.withMustChange(true).record(passwords.hash(password));
    return Account.of(records.create(made));
  }

  /// Changes what is known of a user, but not his password.
  ///
  /// One at a time, and not while one is deleted: of two administrators who demote each other, the
  /// second one finds that he is the last.
  public synchronized Account update(Account changed) {
    var record = local(changed.name());
    changed.check();
    if (!changed.administrator()) keepOneAdministrator(changed.name());
    var mustChange = record.flag("mustChangePassword");
    var fields = changed.withMustChange(mustChange).fields(record.text(PASSWORD));
    return Account.of(records.update(record.withFields(fields)));
  }

  /// An administrator gives a user another password.
  public void replacePassword(String name, String password) {
    local(name);
    checkPassword("password", password);
    set(local(name), password, true);
  }

  /// Deletes a user.
  ///
  /// @param name or the key
  /// @throws Refusal 404; 409 for the first administrator and the last one
  public synchronized void delete(String name) {
    records.delete(deletableRecord(name));
  }

  /// Forgets a user for whom nobody vouches any more; nothing happens when he is gone already.
  public void forget(Account vouched) {
    if (!vouched.local()) record(vouched.name()).ifPresent(records::delete);
  }

  /// A user who can be deleted.
  ///
  /// @throws Refusal as [#delete]
  public Account deletable(String name) {
    return Account.of(deletableRecord(name));
  }

  private Remembered deletableRecord(String name) {
    var record = get(name);
    if (name.equals(FIRST)) throw Refusal.conflict("the user admin cannot be deleted");
    keepOneAdministrator(name);
    return record;
  }

  /// One with a password: the issuer of the others may be out of reach.
  private void keepOneAdministrator(String leaving) {
    if (all().stream()
        .noneMatch(a -> a.administrator() && a.local() && !a.name().equals(leaving))) {
      throw Refusal.conflict("somebody has to be administrator");
    }
  }

  /// Whether a password is good enough.
  ///
  /// @throws Refusal 422
  public static void checkPassword(String field, String password) {
    var problems = PasswordRule.problems(password);
    if (!problems.isEmpty()) {
      throw Refusal.invalid(problems.stream().map(p -> new Cause(field, p)).toList());
    }
  }
}
