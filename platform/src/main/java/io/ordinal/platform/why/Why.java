package io.ordinal.platform.why;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.why.Answer.Item;
import io.ordinal.platform.why.facts.Resource;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Source;
import io.ordinal.platform.why.facts.Thing;
import io.ordinal.platform.why.rules.ClaimRules;
import io.ordinal.platform.why.rules.PodRules;
import io.ordinal.platform.why.rules.SetRules;
import io.ordinal.platform.why.rules.SetView;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Answers why a pod, claim or StatefulSet is not ready, from the objects as they are at the
/// moment. It asks the Kubernetes API only, so that it works on any cluster.
public final class Why {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

  private final Source source;
  private final InstantSource clock;

  public Why(Source source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /// Looks at one object, and at what it waits for.
  ///
  /// @throws Refusal 404 when there is no such object, 403 when the user may not see it, 400 for
  ///   names that no object can have, 503 when the cluster is too busy or too broken to tell
  public Answer ask(Kind kind, String namespace, String name) {
    if (!NAME.matcher(namespace).matches() || !NAME.matcher(name).matches()) {
      throw Refusal.badRequest("namespace and name must be names that an object can have");
    }
    var scene = new Scene(source, clock, namespace);
    var found = scene.find(kind.resource(), name);
    if (found.isEmpty()) {
      throw scene.isHidden(kind.resource())
          ? Refusal.forbidden(
              "%s \"%s\": you may not see it".formatted(kind.resource().plural(), name))
          : Refusal.notFound(kind.resource().plural(), name);
    }
    var items =
        switch (kind) {
          case STATEFUL_SET -> ofSet(scene, found.get());
          case POD -> ofPod(scene, found.get());
          case CLAIM -> List.of(claim(scene, found.get()));
        };
    return new Answer(items, scene.unseen());
  }

  private static List<Item> ofSet(Scene scene, Thing set) {
    var view = SetView.of(scene, set);
    List<Item> items = new ArrayList<>();
    items.add(new Item(set.reference(), view.isReady(), SetRules.judge(view)));
    // A claim that several pods use is told once.
    Map<String, Item> below = new LinkedHashMap<>();
    for (var pod : SetRules.examined(view)) {
      ofPod(scene, pod).forEach(item -> below.putIfAbsent(item.object(), item));
    }
    items.addAll(below.values());
    return items;
  }

  private static List<Item> ofPod(Scene scene, Thing pod) {
    var ready = PodRules.isReady(pod);
    List<Item> items = new ArrayList<>();
    items.add(new Item(pod.reference(), ready, ready ? List.of() : PodRules.judge(scene, pod)));
    if (ready) return items;
    for (var name : PodRules.claims(pod)) {
      scene
          .find(Resource.CLAIMS, name)
          .filter(claim -> !ClaimRules.isReady(claim))
          .ifPresent(claim -> items.add(claim(scene, claim)));
    }
    return items;
  }

  private static Item claim(Scene scene, Thing claim) {
    var ready = ClaimRules.isReady(claim);
    return new Item(claim.reference(), ready, ready ? List.of() : ClaimRules.judge(scene, claim));
  }
}
