package io.ordinal.platform.console;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.gateway.Traveller;
import io.ordinal.platform.users.Account;
import java.util.function.BooleanSupplier;

/// Who sends a request.
///
/// @param sessionToken of the browser; "" for a tool with an access token
/// @param credential by which the caller's streams are found
/// @param stillGood whether the session or the access token has not ended, and the user is who he
///   was
record Caller(Account account, String sessionToken, String credential, BooleanSupplier stillGood) {

  /// @throws Refusal 403 unless he is an administrator of the platform
  void requireAdministrator() {
    if (!account.administrator()) throw Refusal.forbidden("this is for administrators");
  }

  /// @throws Refusal 403 as long as he has to change his password
  void requireOwnPassword() {
    if (account.mustChangePassword()) {
      throw Refusal.forbidden("the password has to be changed first: POST /session/password");
    }
  }

  Traveller traveller() {
    return new Traveller(account.name(), account.allGroups(), credential, stillGood);
  }

  /// It holds the session's token.
  @Override
  public String toString() {
    return "Caller[" + account.name() + "]";
  }
}
