package io.ordinal.server.registry;

import io.ordinal.schema.Gvk;
import io.ordinal.schema.Schemas;
import io.ordinal.schema.Strictness;
import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.Target;
import io.ordinal.server.User;
import io.ordinal.server.registry.Answer.One;
import io.ordinal.server.registry.Answer.Watching;
import io.ordinal.server.registry.Write.Part;
import io.ordinal.server.table.Printer;
import io.ordinal.server.tree.Json;
import io.ordinal.store.CompactedException;
import io.ordinal.store.ConflictException;
import io.ordinal.store.FutureRevisionException;
import io.ordinal.store.Store;
import io.ordinal.store.StoreException;
import io.ordinal.store.UnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/// All kinds of objects, in one way: what a request that was let in does to them.
public final class Registry implements AutoCloseable {
  private final Kinds kinds;
  private final Bodies bodies;
  private final Reader reader;
  private final Writer writer;
  private final Remover remover;
  private final WriteEndpoints writes;
  private final Feeds feeds;
  private final Objects objects;

  /// Of a store; `admission` has its say in every write.
  ///
  /// @param objects reads the same store
  public Registry(
      Store store,
      Schemas schemas,
      Kinds kinds,
      Objects objects,
      Admission admission,
      Surroundings surroundings) {
    this.kinds = kinds;
    this.bodies = new Bodies(schemas, kinds);
    this.reader = new Reader(store);
    this.writer = new Writer(store, admission, surroundings.clock(), surroundings.random());
    this.remover = new Remover(store, reader, admission, surroundings.clock());
    this.writes = new WriteEndpoints(bodies, reader, writer, remover);
    this.feeds = new Feeds(store, reader, surroundings.pumps());
    this.objects = objects;
  }

  /// The table of kinds.
  public Kinds kinds() {
    return kinds;
  }

  /// What discovery shows.
  public List<Served> served() {
    return kinds.served();
  }

  /// How a kind looks as a table.
  public Optional<Printer> printer(String group, String version, String resource) {
    return kinds.find(group, version, resource).map(Kind::printer);
  }

  /// Does what a request asks.
  ///
  /// @throws ApiException when it is refused
  public Answer answer(Call call) {
    var target = call.target();
    var kind =
        kinds
            .find(target.group(), target.version(), target.resource())
            .orElseThrow(() -> new ApiException(Status.noSuchResource()));
    try {
      return target.subresource().isEmpty() ? answer(kind, call) : below(kind, call);
    } catch (CompactedException e) {
      throw new ApiException(Status.expired(String.valueOf(e.getMessage())));
    } catch (FutureRevisionException e) {
      throw new ApiException(Status.futureRevision(e.asked(), e.newest()));
    } catch (ConflictException e) {
      throw Refusals.modified(kind, target.name());
    } catch (UnavailableException e) {
      throw new ApiException(Status.unavailable(String.valueOf(e.getMessage())));
    } catch (StoreException e) {
      throw new ApiException(Status.internal(String.valueOf(e.getMessage())));
    }
  }

  private Answer below(Kind kind, Call call) {
    var subresource =
        kind.subresource(call.target().subresource())
            .orElseThrow(() -> new ApiException(Status.noSuchResource()));
    if (!subresource.verbs().contains(call.target().verb())) {
      throw new ApiException(Status.methodNotAllowed());
    }
    return subresource.handler().answer(kind, call, this);
  }

  private Answer answer(Kind kind, Call call) {
    var target = call.target();
    var verb = target.verb();
    if (!kind.verbs().contains(verb)) throw new ApiException(Status.methodNotAllowed());
    checkScope(kind, call);
    var handler = kind.strategy().handler();
    if (handler.isPresent()) return handler.get().answer(kind, call, this);
    return switch (verb) {
      case GET -> new One(200, reader.get(kind, call));
      case LIST -> reader.list(kind, ListOptions.of(kind, call));
      case WATCH -> new Watching(feeds.watch(kind, ListOptions.of(kind, call)));
      case CREATE -> writes.create(kind, call);
      case UPDATE -> writes.update(kind, call, Part.OBJECT);
      case PATCH -> writes.patch(kind, call, Part.OBJECT);
      case DELETE -> writes.delete(kind, call);
      case DELETECOLLECTION -> writes.deleteCollection(kind, call);
    };
  }

  private static void checkScope(Kind kind, Call call) {
    var target = call.target();
    if (!kind.namespaced() && !target.namespace().isEmpty()) {
      throw new ApiException(Status.noSuchResource());
    }
    checkName(target);
    if (!kind.namespaced() || !target.namespace().isEmpty()) return;
    switch (target.verb()) {
      case LIST, WATCH -> {}
      case CREATE, DELETECOLLECTION -> throw new ApiException(Status.methodNotAllowed());
      case GET, UPDATE, PATCH, DELETE -> throw new ApiException(Status.noSuchResource());
    }
  }

  /// Objects are posted to their collection, and changed at their own URL.
  private static void checkName(Target target) {
    var fits =
        switch (target.verb()) {
          case CREATE -> target.name().isEmpty();
          case UPDATE, PATCH -> !target.name().isEmpty();
          case GET, LIST, WATCH, DELETE, DELETECOLLECTION -> true;
        };
    if (!fits) throw new ApiException(Status.methodNotAllowed());
  }

  /// The status as a resource of its own.
  Answer statusOf(Kind kind, Call call) {
    return switch (call.target().verb()) {
      case UPDATE -> writes.update(kind, call, Part.STATUS);
      case PATCH -> writes.patch(kind, call, Part.STATUS);
      default -> new One(200, reader.get(kind, call));
    };
  }

  /// An object in its stored form, for the code of subresources.
  ///
  /// @throws ApiException 404
  public ObjectNode get(Kind kind, String namespace, String name) {
    return Json.parse(reader.entry(kind, namespace, name).bytes());
  }

  /// A request's body as an object of that kind, for the code of subresources.
  public Body body(Call call, Gvk kind) {
    var options = WriteOptions.of(call.query(), "CreateOptions");
    var decoded = bodies.read(call, kind, options.fieldValidation().strictness());
    return new Body(decoded.tree(), options.judge(decoded.problems()), options.dryRun());
  }

  /// A patch's outcome on something that is no stored object, such as a Scale.
  public Body patched(Call call, Kind kind, Gvk spoken, ObjectNode present) {
    var options = WriteOptions.of(call.query(), "PatchOptions");
    var tree = Patches.read(call, kind, bodies.type(spoken)).apply(present);
    var decoded = bodies.reread(tree, spoken, options.fieldValidation().strictness());
    return new Body(decoded.tree(), options.judge(decoded.problems()), options.dryRun());
  }

  /// A request's body as an object of that kind, whatever else is in it.
  public ObjectNode read(Call call, Gvk kind) {
    return bodies.read(call, kind, Strictness.IGNORE).tree();
  }

  /// Reads any object.
  public Objects objects() {
    return objects;
  }

  /// What was sent.
  public record Body(ObjectNode object, List<String> warnings, boolean dryRun) {}

  /// Changes an object as its own endpoint would: prepared, admitted, validated.
  public ObjectNode change(Call call, Kind kind, boolean dryRun, UnaryOperator<ObjectNode> next) {
    var write = Write.of(kind, call, dryRun);
    return Json.parse(writer.update(write, old -> next.apply(old.deepCopy())).json());
  }

  /// Changes any part of an object, in its stored form.
  public ObjectNode rewrite(Call call, Kind kind, boolean dryRun, UnaryOperator<ObjectNode> next) {
    var write = Write.of(kind, call, dryRun).only(Part.ANY);
    return Json.parse(writer.update(write, old -> next.apply(old.deepCopy())).json());
  }

  /// Deletes an object.
  public void delete(Call call, Kind kind, DeleteOptions options) {
    remover.delete(Write.of(kind, call, options.dryRun()), options);
  }

  /// Creates an object unless there is one of its name; for those that the server itself sees to.
  public void ensure(Kind kind, String namespace, ObjectNode object, User user) {
    var name = Metadata.name(object);
    var write = new Write(kind, namespace, name, Part.OBJECT, user, false);
    if (writes.exists(write)) return;
    try {
      writer.create(write, object);
    } catch (ApiException e) {
      if (e.status().code() != 409) throw e;
    }
  }

  /// Replaces an object as a PUT of it would; for those that the server itself sees to.
  public void replace(Kind kind, String namespace, ObjectNode object, User user) {
    var write = new Write(kind, namespace, Metadata.name(object), Part.OBJECT, user, false);
    writer.update(write, _ -> object.deepCopy());
  }

  /// Deletes an object; for those that the server itself sees to.
  public void remove(Kind kind, String namespace, String name, User user) {
    var write = new Write(kind, namespace, name, Part.OBJECT, user, false);
    remover.delete(write, DeleteOptions.plain(false));
  }

  /// Serves these kinds beside the built-in ones, instead of those that were defined before. Who
  /// watches a kind that is gone or has become another has to begin anew.
  public void define(List<Kind> custom) {
    var before = kinds.all();
    kinds.define(custom);
    var after = Set.copyOf(kinds.all());
    before.stream().filter(kind -> !after.contains(kind)).forEach(feeds::retire);
  }

  @Override
  public void close() {
    feeds.close();
  }
}
