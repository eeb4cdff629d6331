package io.ordinal.node.runtime;

/// What a registry wants to know before it gives an image away.
public record RegistryCredentials(
    String server, String username, String password, String identityToken) {

  @Override
  public String toString() {
    return "RegistryCredentials[" + server + "]";
  }
}
