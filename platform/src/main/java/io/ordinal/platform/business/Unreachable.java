package io.ordinal.platform.business;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/// A cluster does not answer, does not let the platform in, or does not take what it is sent.
final class Unreachable extends RuntimeException {

  private static final long serialVersionUID = 1;

  Unreachable(String message) {
    super(message, null, false, false);
  }

  /// The same failure, if it is the cluster's trouble, which somebody has to be told. Everyday life
  /// is only what has changed, or gone, since it was looked at.
  static RuntimeException of(KubernetesClientException e) {
    return isClusters(e.getCode()) ? new Unreachable(String.valueOf(e.getMessage())) : e;
  }

  private static boolean isClusters(int code) {
    return code != HttpURLConnection.HTTP_NOT_FOUND && code != HttpURLConnection.HTTP_CONFLICT;
  }
}
