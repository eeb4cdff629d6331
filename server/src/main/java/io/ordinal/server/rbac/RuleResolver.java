package io.ordinal.server.rbac;

import static io.ordinal.server.validation.RoleRules.GROUP;

import io.ordinal.server.User;
import io.ordinal.server.rbac.Grant.Subject;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Kinds;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.ObservedStore;
import io.ordinal.server.registry.StoredKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Who has which rules (contract G2): all roles, and all bindings by whom they speak of. A question
/// reads maps and takes no lock; objects are decoded when they change. A change counts before
/// whoever made it learns that it is stored.
public final class RuleResolver {
  private final Map<RoleKey, List<PolicyRule>> roles = new ConcurrentHashMap<>();
  private final Map<Subject, Map<String, List<Grant>>> grants = new ConcurrentHashMap<>();
  private final Map<StoredKey, List<Grant>> bindings = new HashMap<>();
  private final Map<String, Kind> kinds;
  private final Objects objects;

  /// Knows what is stored now, and whatever changes.
  ///
  /// @param first objects that are about to be stored, and count as if they were
  public RuleResolver(
      Kinds kinds, Objects objects, ObservedStore store, Collection<ObjectNode> first) {
    this.kinds =
        Stream.of("roles", "clusterroles", "rolebindings", "clusterrolebindings")
            .collect(Collectors.toMap(plural -> plural, plural -> kinds.get(GROUP, plural)));
    this.objects = objects;
    store.onCommit(this::committed);
    for (var kind : this.kinds.values()) {
      objects.list(kind, "").forEach(object -> put(key(kind, object), object));
    }
    for (var object : first) put(key(kinds.of(object), object), object);
  }

  private static StoredKey key(Kind kind, ObjectNode object) {
    return new StoredKey(GROUP, kind.resource(), Metadata.namespace(object), Metadata.name(object));
  }

  private void committed(StoredKey key) {
    if (!key.group().equals(GROUP)) return;
    var kind = kinds.get(key.resource());
    if (kind != null) look(kind, key);
  }

  /// It is read within the lock: of two commits, the last one to come here sees the newest.
  private synchronized void look(Kind kind, StoredKey key) {
    objects
        .find(kind, key.namespace(), key.name())
        .ifPresentOrElse(object -> put(key, object), () -> remove(key));
  }

  private synchronized void put(StoredKey key, ObjectNode object) {
    if (isRole(key)) roles.put(role(key), PolicyRule.allOf(object));
    else bind(key, Grant.allOf(object));
  }

  private void remove(StoredKey key) {
    if (isRole(key)) roles.remove(role(key));
    else bind(key, List.of());
  }

  private static boolean isRole(StoredKey key) {
    return key.resource().equals("roles") || key.resource().equals("clusterroles");
  }

  private static RoleKey role(StoredKey key) {
    return new RoleKey(key.namespace(), key.name());
  }

  /// What stays is never missing, not even for whoever asks meanwhile: what a binding gives now is
  /// added before what it gave is taken away.
  private void bind(StoredKey id, List<Grant> now) {
    var before = bindings.getOrDefault(id, List.of());
    for (var grant : now) change(grant, list -> list.add(grant));
    for (var old : before) change(old, list -> list.remove(old));
    if (now.isEmpty()) bindings.remove(id);
    else bindings.put(id, now);
  }

  private interface Edit {
    void on(List<Grant> list);
  }

  /// Maps and lists that were handed out stay as they are.
  private void change(Grant grant, Edit edit) {
    grants.compute(
        grant.subject(),
        (_, known) -> {
          var places = known == null ? new HashMap<String, List<Grant>>() : new HashMap<>(known);
          var list = new ArrayList<>(places.getOrDefault(grant.namespace(), List.of()));
          edit.on(list);
          if (list.isEmpty()) places.remove(grant.namespace());
          else places.put(grant.namespace(), List.copyOf(list));
          return places.isEmpty() ? null : places;
        });
  }

  /// Whether some rule lets the user do it.
  public boolean allows(User user, Action action) {
    return find(user, action) != null;
  }

  /// The same with the reason.
  public Decision decide(User user, Action action) {
    var grant = find(user, action);
    return grant == null
        ? Decision.no(problems(user, namespace(action)))
        : new Decision(true, grant.reason());
  }

  /// All rules that the user has in a namespace, those of the whole cluster included.
  public List<PolicyRule> rulesFor(User user, String namespace) {
    var rules = new ArrayList<PolicyRule>();
    for (var subject : subjects(user)) {
      for (var grant : grants(subject, namespace)) {
        rules.addAll(roles.getOrDefault(grant.role(), List.of()));
      }
    }
    return rules.stream().distinct().toList();
  }

  /// The rules of a role, if there is such a role.
  Optional<List<PolicyRule>> rulesOf(RoleKey role) {
    return Optional.ofNullable(roles.get(role));
  }

  private @Nullable Grant find(User user, Action action) {
    var namespace = namespace(action);
    var own = find(new Subject(false, user.name()), namespace, action);
    if (own != null) return own;
    for (var group : user.groups()) {
      var found = find(new Subject(true, group), namespace, action);
      if (found != null) return found;
    }
    return null;
  }

  private @Nullable Grant find(Subject subject, String namespace, Action action) {
    var places = grants.get(subject);
    if (places == null) return null;
    var found = find(places.getOrDefault("", List.of()), action);
    return found != null || namespace.isEmpty()
        ? found
        : find(places.getOrDefault(namespace, List.of()), action);
  }

  private @Nullable Grant find(List<Grant> some, Action action) {
    for (var grant : some) {
      var rules = roles.get(grant.role());
      if (rules == null) continue;
      for (var rule : rules) {
        if (rule.allows(action)) return grant;
      }
    }
    return null;
  }

  private static String namespace(Action action) {
    return action instanceof Action.OnResource on ? on.namespace() : "";
  }

  private static List<Subject> subjects(User user) {
    var subjects = new ArrayList<>(List.of(new Subject(false, user.name())));
    user.groups().stream().sorted().forEach(group -> subjects.add(new Subject(true, group)));
    return subjects;
  }

  private List<Grant> grants(Subject subject, String namespace) {
    var places = grants.getOrDefault(subject, Map.of());
    var all = new ArrayList<>(places.getOrDefault("", List.of()));
    if (!namespace.isEmpty()) all.addAll(places.getOrDefault(namespace, List.of()));
    return all;
  }

  /// Bindings that lead nowhere, as upstream tells whom it refuses.
  public String problems(User user, String namespace) {
    var missing = new TreeSet<String>();
    for (var subject : subjects(user)) {
      for (var grant : grants(subject, namespace)) {
        var role = grant.role();
        if (roles.containsKey(role)) continue;
        var kind = role.namespace().isEmpty() ? "clusterrole" : "role";
        missing.add(kind + "." + GROUP + " \"" + role.name() + "\" not found");
      }
    }
    if (missing.isEmpty()) return "";
    var all = String.join(", ", missing);
    return "RBAC: " + (missing.size() == 1 ? all : "[" + all + "]");
  }
}
