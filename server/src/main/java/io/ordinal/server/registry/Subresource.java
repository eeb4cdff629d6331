package io.ordinal.server.registry;

import io.ordinal.schema.Gvk;
import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.Verb;
import java.util.Set;

/// Something below an object's URL, such as `/scale`.
///
/// @param kind what it speaks, for example Scale of autoscaling/v1
public record Subresource(String name, Gvk kind, Set<Verb> verbs, Handler handler) {
  private static final Set<Verb> READ_AND_CHANGE = Set.of(Verb.GET, Verb.UPDATE, Verb.PATCH);

  /// What answers a call of a subresource.
  @FunctionalInterface
  public interface Handler {
    Answer answer(Kind of, Call call, Registry registry);
  }

  /// The object again, but only its status can be changed.
  static Subresource status(Gvk kind) {
    return changing("status", kind, (of, call, registry) -> registry.statusOf(of, call));
  }

  /// One that can be read, replaced and patched.
  public static Subresource changing(String name, Gvk kind, Handler handler) {
    return new Subresource(name, kind, READ_AND_CHANGE, handler);
  }

  /// One that things are posted to.
  public static Subresource creating(String name, Gvk kind, Handler handler) {
    return new Subresource(name, kind, Set.of(Verb.CREATE), handler);
  }

  /// One that is served before the registry is asked (logs, exec); it stands here for discovery.
  public static Subresource elsewhere(String name, Gvk kind, Verb... verbs) {
    return new Subresource(
        name,
        kind,
        Set.of(verbs),
        (of, call, registry) -> {
          throw new ApiException(Status.noSuchResource());
        });
  }
}
