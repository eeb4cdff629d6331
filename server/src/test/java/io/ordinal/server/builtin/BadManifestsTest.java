package io.ordinal.server.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.ApiException;
import io.ordinal.server.registry.Api;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Mutated manifests: whatever is sent, the answer is an object or a Status that blames the sender,
/// and a refused manifest leaves nothing behind.
class BadManifestsTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MANIFESTS = 400;

  private static final String DEEP = "@deep@";

  private record Manifest(String path, String json) {}

  private static final List<Manifest> GOOD =
      List.of(
          new Manifest(
              "/api/v1/namespaces/default/services",
              "{'apiVersion':'v1','kind':'Service','metadata':{'name':'nginx','labels':{'app':'nginx'}},'spec':{'clusterIP':'None','ports':[{'port':80,'name':'web','protocol':'TCP','targetPort':'http'}],'selector':{'app':'nginx'}}}"),
          new Manifest(
              "/apis/apps/v1/namespaces/default/statefulsets",
              "{'apiVersion':'apps/v1','kind':'StatefulSet','metadata':{'name':'web'},'spec':{'serviceName':'nginx','replicas':3,'selector':{'matchLabels':{'app':'nginx'}},'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':1}},'template':{'metadata':{'labels':{'app':'nginx'}},'spec':{'terminationGracePeriodSeconds':10,'containers':[{'name':'nginx','image':'nginx:latest','ports':[{'containerPort':80,'name':'web'}],'volumeMounts':[{'name':'www','mountPath':'/usr/share/nginx/html'}],'resources':{'limits':{'cpu':'1','memory':'64Mi'}}}]}},'volumeClaimTemplates':[{'metadata':{'name':'www'},'spec':{'accessModes':['ReadWriteOnce'],'storageClassName':'cbs','resources':{'requests':{'storage':'10Gi'}}}}]}}"),
          new Manifest(
              "/api/v1/namespaces/default/pods",
              "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','annotations':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'busybox','command':['sh'],'env':[{'name':'A','value':'b'}],'livenessProbe':{'tcpSocket':{'port':80},'periodSeconds':5},'securityContext':{'runAsUser':1}}],'volumes':[{'name':'v','hostPath':{'path':'/tmp','type':'Directory'}}],'tolerations':[{'key':'k','operator':'Exists'}]}}"),
          new Manifest(
              "/api/v1/namespaces/default/persistentvolumeclaims",
              "{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'c'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}"),
          new Manifest(
              "/api/v1/namespaces/default/secrets",
              "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'s'},'type':'Opaque','data':{'a':'YQ=='},'stringData':{'b':'c'}}"));

  @Test
  void everyMutationIsAnsweredWithAnObjectOrABlame() {
    var refused = 0;
    for (var seed = 1L; seed <= MANIFESTS; seed++) {
      if (tryOne(seed)) refused++;
    }
    assertThat(refused).isGreaterThan(200);
  }

  /// Answers whether the manifest was refused.
  private static boolean tryOne(long seed) {
    var random = new Random(seed);
    var manifest = GOOD.get(random.nextInt(GOOD.size()));
    var tree = Json.parse(manifest.json.replace('\'', '"'));
    for (var i = 0; i <= random.nextInt(2); i++) mutate(tree, random);
    var sent = tree.toString().replace('"' + DEEP + '"', deep());
    try (var api = new Api().withPods()) {
      var before = api.store.revision();
      try {
        api.call("POST", manifest.path + "?fieldValidation=Strict", "application/json", sent);
        return false;
      } catch (ApiException e) {
        var said = "seed " + seed + ": " + tree + " → " + e.status();
        assertThat(e.status().code()).as(said).isBetween(400, 499);
        assertThat(e.status().message()).as(said).isNotEmpty();
        assertThat(api.store.revision()).as(said).isEqualTo(before);
        return true;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + tree, e);
      }
    }
  }

  /// Replaces, adds or removes something, somewhere.
  private static void mutate(ObjectNode tree, Random random) {
    JsonNode here = tree;
    while (true) {
      if (here instanceof ObjectNode object && !object.isEmpty()) {
        var names = List.copyOf(object.propertyNames());
        var name = names.get(random.nextInt(names.size()));
        var child = object.get(name);
        if (child.isContainer() && !child.isEmpty() && random.nextInt(4) != 0) {
          here = child;
          continue;
        }
        switch (random.nextInt(6)) {
          case 0 -> object.put("unknown" + random.nextInt(9), 1);
          case 1 -> object.remove(name);
          default -> object.set(name, odd(random));
        }
        return;
      }
      if (here instanceof ArrayNode list && !list.isEmpty()) {
        var index = random.nextInt(list.size());
        if (list.get(index).isContainer() && random.nextInt(5) != 0) {
          here = list.get(index);
          continue;
        }
        list.set(index, odd(random));
        return;
      }
      return;
    }
  }

  private static JsonNode odd(Random random) {
    return switch (random.nextInt(13)) {
      case 0 -> NODES.numberNode(-1);
      case 1 -> NODES.stringNode("");
      case 2 -> NODES.stringNode("Not_A Name!");
      case 3 -> NODES.numberNode(Long.MAX_VALUE);
      case 4 -> NODES.numberNode(1e300);
      case 5 -> NODES.booleanNode(true);
      case 6 -> NODES.nullNode();
      case 7 -> Tree.object();
      case 8 -> Tree.list().add(Tree.list());
      case 9 -> NODES.stringNode("x".repeat(300));
      case 10 -> NODES.stringNode("\u0000é漢");
      case 11 -> NODES.stringNode(DEEP);
      default -> NODES.numberNode(1.5);
    };
  }

  private static String deep() {
    return "{\"a\":".repeat(2000) + "1" + "}".repeat(2000);
  }
}
