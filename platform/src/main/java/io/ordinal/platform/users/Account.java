package io.ordinal.platform.users;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.answer.Refusal.Cause;
import io.ordinal.platform.records.Remembered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A user, as others may see him: a local one, or one for whom an issuer of identities vouches (see
/// [Vouched]).
///
/// @param groups those that he was put in, for RBAC of the clusters
/// @param administrator of the whole platform
/// @param mustChangePassword nothing else is answered until he has
public record Account(
    String name,
    String displayName,
    String email,
    String phone,
    List<String> groups,
    boolean administrator,
    boolean mustChangePassword) {

  /// Everybody who has signed in.
  public static final String AUTHENTICATED = "system:authenticated";

  /// The platform's administrators, bound to `cluster-admin` in each cluster.
  public static final String ADMINISTRATORS = "ordinal:administrators";

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{1,30})[a-z0-9]");
  private static final Pattern GROUP =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,58}[A-Za-z0-9])?");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9 -]{5,20}");
  private static final int LONGEST_TEXT = 255;

  public Account {
    groups = List.copyOf(groups);
  }

  /// Whether he has a password here; otherwise an issuer of identities vouches for him.
  public boolean local() {
    return !Vouched.isName(name);
  }

  /// By which records and paths name him.
  public String key() {
    return Vouched.keyOf(name);
  }

  /// The name of the user whom a record remembers.
  public static String nameOf(Remembered record) {
    var name = record.text("name");
    return name.isEmpty() ? record.key() : name;
  }

  /// The groups that a cluster is told of.
  public List<String> allGroups() {
    var all = new ArrayList<>(List.of(AUTHENTICATED));
    all.addAll(groups);
    if (administrator) all.add(ADMINISTRATORS);
    return List.copyOf(all);
  }

  /// Refuses what cannot be a user. Names with a colon, `system:` first of all, are the clusters'.
  ///
  /// @throws Refusal 422 with a cause for each wrong field
  public void check() {
    var causes = new ArrayList<Cause>();
    if (!NAME.matcher(name).matches()) {
      causes.add(
          new Cause(
              "name",
              "must be 3 to 32 small letters, digits and -, and begin and end with a letter or a digit"));
    }
    if (displayName.length() > LONGEST_TEXT) {
      causes.add(new Cause("displayName", "must have at most 255 characters"));
    }
    if (!email.isEmpty() && (!EMAIL.matcher(email).matches() || email.length() > LONGEST_TEXT)) {
      causes.add(new Cause("email", "must be an address"));
    }
    if (!phone.isEmpty() && !PHONE.matcher(phone).matches()) {
      causes.add(new Cause("phone", "must be digits"));
    }
    for (var group : groups) {
      if (!GROUP.matcher(group).matches()) {
        causes.add(
            new Cause("groups", "\"" + group + "\" must be letters, digits, -, _ and . alone"));
      }
    }
    if (!causes.isEmpty()) throw Refusal.invalid(causes);
  }

  static Account of(Remembered record) {
    var name = nameOf(record);
    var groups = record.text("groups");
    return new Account(
        name,
        record.text("displayName"),
        record.text("email"),
        record.text("phone"),
        groups.isEmpty() ? List.of() : List.of(groups.split(separator(name))),
        record.flag("administrator"),
        record.flag("mustChangePassword"));
  }

  Remembered record(String hash) {
    return Remembered.fresh(Remembered.Type.USER, key(), name, fields(hash));
  }

  /// Groups of an issuer may have commas in their names.
  private static String separator(String name) {
    return Vouched.isName(name) ? "\n" : ",";
  }

  Map<String, String> fields(String hash) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("displayName", displayName);
    fields.put("email", email);
    fields.put("phone", phone);
    fields.put("groups", String.join(separator(name), groups));
    fields.put("administrator", String.valueOf(administrator));
    fields.put("mustChangePassword", String.valueOf(mustChangePassword));
    if (local()) fields.put("password", hash);
    else fields.put("name", name);
    return fields;
  }

  /// The same, with a password to be changed or not.
  Account withMustChange(boolean must) {
    return new Account(name, displayName, email, phone, groups, administrator, must);
  }
}
