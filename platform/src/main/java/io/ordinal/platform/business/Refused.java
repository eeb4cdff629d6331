package io.ordinal.platform.business;

/// Why something is not as it was asked for, as a status says it.
///
/// @param reason one word
/// @param message a sentence for people
record Refused(String reason, String message) {

  static final String NAME_NOT_ALLOWED = "NameNotAllowed";
  static final String IMMUTABLE = "Immutable";
  static final String NOT_GRANTED = "NotGranted";
  static final String QUOTA_EXCEEDED = "QuotaExceeded";
  static final String QUOTA_MISSING = "QuotaMissing";
  static final String QUOTA_INVALID = "QuotaInvalid";
  static final String QUOTA_BELOW_USED = "QuotaBelowUsed";
  static final String CLUSTER_NOT_IN_PROJECT = "ClusterNotInProject";
  static final String CLUSTER_NOT_FOUND = "ClusterNotFound";
  static final String CLUSTER_IN_USE = "ClusterInUse";
  static final String PARENT_NOT_SUPPORTED = "ParentNotSupported";
  static final String NOT_PERMITTED = "NotPermitted";
  static final String CONFLICT_PROJECT = "ConflictProject";
  static final String NAMESPACE_NOT_FOUND = "NamespaceNotFound";
  static final String NAMESPACE_NO_LABEL = "NamespaceNoLabel";
  static final String NAMESPACE_NOT_ACTIVE = "NamespaceNotActive";
  static final String RESOURCE_QUOTA_NOT_FOUND = "ResourceQuotaNotFound";
  static final String CONNECT_CLUSTER_ERROR = "ConnectClusterError";

  /// Nothing is wrong.
  static final Refused NOTHING = new Refused("", "");

  static Refused of(String reason, String message, Object... values) {
    return new Refused(reason, message.formatted(values));
  }
}
