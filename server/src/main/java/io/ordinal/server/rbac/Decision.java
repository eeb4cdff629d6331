package io.ordinal.server.rbac;

/// Whether somebody may do something.
///
/// @param reason what there is to say about it, or ""
public record Decision(boolean allowed, String reason) {
  /// May, without a reason.
  public static final Decision YES = new Decision(true, "");

  private static final Decision NO = new Decision(false, "");

  /// May not, or is not known here to be allowed.
  public static Decision no(String reason) {
    return reason.isEmpty() ? NO : new Decision(false, reason);
  }
}
