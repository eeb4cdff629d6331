package io.ordinal.kube;

/// Which objects of a kind an informer follows. Empty strings select everything.
public record Scope(String namespace, String labelSelector, String fieldSelector) {

  public static final Scope EVERYTHING = new Scope("", "", "");

  public static Scope fields(String selector) {
    return new Scope("", "", selector);
  }

  public static Scope namespace(String namespace) {
    return new Scope(namespace, "", "");
  }
}
