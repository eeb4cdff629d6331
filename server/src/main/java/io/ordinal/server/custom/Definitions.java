package io.ordinal.server.custom;

import io.ordinal.schema.Schemas;
import io.ordinal.server.ApiException;
import io.ordinal.server.Query;
import io.ordinal.server.Target;
import io.ordinal.server.User;
import io.ordinal.server.Verb;
import io.ordinal.server.registry.Call;
import io.ordinal.server.registry.DeleteOptions;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Registry;
import io.ordinal.server.tree.Tree;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Keeps what is served true to the stored definitions: accepts names, establishes, serves, and
/// clears away the instances of those that are deleted.
///
/// There is one pass, over all definitions as they are stored now. It runs on the thread of whoever
/// changed one, right after the change: when `create` has answered, the kind is served already.
/// While it runs, whoever else changes something only says so, and it begins anew.
public final class Definitions {
  private static final Logger LOG = LoggerFactory.getLogger(Definitions.class);

  private final InstantSource clock;
  private final User user;
  private final Kind kind = DefinitionStrategy.kind(this::look);
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Set<String> leaving = Set.of();
  private Map<String, ServedDefinition> served = new HashMap<>();
  private volatile @Nullable Inside inside;

  /// What it works on.
  private record Inside(Registry registry, Schemas schemas) {}

  /// @param user in whose name statuses are written and instances removed
  public Definitions(InstantSource clock, User user) {
    this.clock = clock;
    this.user = user;
  }

  /// The kind CustomResourceDefinition.
  public Kind kind() {
    return kind;
  }

  /// Serves what is defined, now and from now on.
  public void open(Registry registry, Schemas schemas) {
    inside = new Inside(registry, schemas);
    look();
  }

  /// Looks at all definitions; at once, unless that is under way.
  void look() {
    var in = inside;
    if (in == null || asked.getAndIncrement() > 0) return;
    try {
      int before;
      do {
        before = asked.get();
        pass(in);
      } while (!asked.compareAndSet(before, 0));
    } catch (RuntimeException e) {
      // what was asked for is stored, and must not fail with what follows from it
      asked.set(0);
      LOG.error("The custom kinds could not be brought up to date; the next change tries again", e);
    }
  }

  private void pass(Inside in) {
    var all = new ArrayList<Definition>();
    in.registry.objects().list(kind, "").forEach(tree -> all.add(new Definition(tree)));
    for (var i = 0; i < all.size(); i++) {
      var definition = all.get(i);
      var names = new Acceptance(neighbours(definition, all), builtIn(in, definition));
      var status = names.statusOf(definition, now());
      if (status.equals(definition.tree().get("status"))) continue;
      all.set(i, new Definition(write(in, definition, status)));
    }
    leaving =
        all.stream()
            .filter(Definition::isTerminating)
            .map(definition -> Metadata.uid(definition.tree()))
            .collect(Collectors.toSet());
    serve(in, all);
    all.stream().filter(Definition::cleansUp).forEach(d -> cleanUp(in, d));
  }

  private Instant now() {
    return clock.instant();
  }

  private static List<Definition> neighbours(Definition of, List<Definition> all) {
    return all.stream()
        .filter(other -> other.group().equals(of.group()) && !other.name().equals(of.name()))
        .toList();
  }

  private static List<Kind> builtIn(Inside in, Definition definition) {
    return in.registry.kinds().all().stream()
        .filter(kind -> kind.group().equals(definition.group()))
        .filter(kind -> kind.strategy().customType().isEmpty())
        .toList();
  }

  private ObjectNode write(Inside in, Definition definition, ObjectNode status) {
    return rewrite(
            in,
            definition,
            old -> {
              var present = Tree.make(old, "status");
              Tree.carry("acceptedNames", status, present);
              Tree.carry("conditions", status, present);
            })
        .orElse(definition.tree());
  }

  /// Empty when the definition went or changed meanwhile: then somebody asks for another look.
  private Optional<ObjectNode> rewrite(
      Inside in, Definition definition, Consumer<ObjectNode> change) {
    var call = call(kind, "", definition.name());
    try {
      return Optional.of(
          in.registry.rewrite(
              call,
              kind,
              false,
              old -> {
                change.accept(old);
                return old;
              }));
    } catch (ApiException e) {
      if (e.status().code() != 404 && e.status().code() != 409) throw e;
      return Optional.empty();
    }
  }

  private void serve(Inside in, List<Definition> all) {
    var next = new HashMap<String, ServedDefinition>();
    for (var definition : all) {
      if (!definition.is(Definition.ESTABLISHED)) continue;
      var uid = Metadata.uid(definition.tree());
      next.put(uid, ServedDefinition.of(definition, served.get(uid), in.schemas, ending(uid)));
    }
    if (next.equals(served)) return;
    served = next;
    in.registry.define(
        next.values().stream()
            .sorted(Comparator.comparing(ServedDefinition::name))
            .flatMap(one -> one.kinds().stream())
            .toList());
  }

  private Ending ending(String uid) {
    return new Ending() {
      @Override
      public boolean hasBegun() {
        return leaving.contains(uid);
      }

      @Override
      public void goesOn() {
        look();
      }
    };
  }

  /// Deletes what is left of the instances; those with finalizers stay for a while, and ask for
  /// another look when they go.
  private void cleanUp(Inside in, Definition definition) {
    var one = served.get(Metadata.uid(definition.tree()));
    if (one != null && !removeAll(in, one.stored())) return;
    rewrite(
        in,
        definition,
        old -> {
          var others = new LinkedHashSet<>(Metadata.finalizers(old));
          others.remove(Definition.FINALIZER);
          Metadata.setFinalizers(old, others);
        });
  }

  private boolean removeAll(Inside in, Kind instances) {
    var left = in.registry.objects().list(instances, "");
    for (var instance : left) {
      if (Metadata.isBeingDeleted(instance)) continue;
      var call = call(instances, Metadata.namespace(instance), Metadata.name(instance));
      try {
        in.registry.delete(call, instances, DeleteOptions.plain(false));
      } catch (ApiException e) {
        if (e.status().code() != 404) throw e;
      }
    }
    return left.isEmpty() || in.registry.objects().list(instances, "").isEmpty();
  }

  private Call call(Kind of, String namespace, String name) {
    var target =
        new Target(Verb.UPDATE, of.group(), of.gvk().version(), of.resource(), "", namespace, name);
    return new Call(target, user, Query.NONE, "", user.name(), new byte[0]);
  }
}
