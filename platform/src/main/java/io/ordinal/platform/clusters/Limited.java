package io.ordinal.platform.clusters;

/// That the hub's credentials may not act for others. They are then used as what they are, by one
/// user: whoever came second would have the first one's rights.
///
/// @param user whom the cluster takes them for; "" when it does not say
/// @param namespace that they are meant for; "" when they may look at all of them
public record Limited(String user, String namespace) {

  /// Why there is no more than this.
  public static final String REASON = "NoImpersonation";
}
