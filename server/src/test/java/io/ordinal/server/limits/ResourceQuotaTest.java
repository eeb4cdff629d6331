package io.ordinal.server.limits;

import static io.ordinal.server.registry.Api.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.registry.Api;
import io.ordinal.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a quota lets in, and in which words it refuses the rest.
class ResourceQuotaTest {
  private static final String CORE = "/api/v1/namespaces/shop/";
  private static final String CPU = "'resources':{'requests':{'cpu':'1'},'limits':{'cpu':'2'}}";

  private final AskedStore store = new AskedStore(MemoryStore.create());
  private final Api api = new Api(store, 1);

  @BeforeEach
  void open() {
    api.post("/api/v1/namespaces", "{'metadata':{'name':'shop'}}");
    api.post(CORE + "serviceaccounts", "{'metadata':{'name':'default'}}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aQuotaHoldsFromTheMomentItIsStored() {
    pod("a", "", "");
    quota("q", "'pods':'2'", "");
    pod("b", "", "");
    var status = refusal(() -> pod("c", "", ""));
    assertThat(status.code()).isEqualTo(403);
    assertThat(status.message())
        .isEqualTo(
            "pods \"c\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2");
    api.delete(CORE + "pods/a");
    pod("c", "", "");
  }

  @Test
  void onlyWhatIsExceededIsNamed() {
    quota("q", "'pods':'9','requests.cpu':'1500m','limits.cpu':'3'", "");
    pod("a", CPU, "");
    assertThat(refusal(() -> pod("b", CPU, "")).message())
        .isEqualTo(
            "pods \"b\" is forbidden: exceeded quota: q, requested: limits.cpu=2,requests.cpu=1, used: limits.cpu=2,requests.cpu=1, limited: limits.cpu=3,requests.cpu=1500m");
  }

  @Test
  void whatIsCountedMustBeNamed() {
    quota("q", "'limits.cpu':'3','requests.memory':'1Gi','requests.ephemeral-storage':'1Gi'", "");
    assertThat(refusal(() -> pod("a", "", "")).message())
        .isEqualTo(
            "pods \"a\" is forbidden: failed quota: q: must specify limits.cpu for: c; requests.memory for: c");
  }

  @Test
  void aPodThatHasEndedUsesNothingButItsEntry() {
    quota("q", "'pods':'1','count/pods':'2'", "");
    pod("a", "", "");
    api.merge(CORE + "pods/a/status", "{'status':{'phase':'Succeeded'}}");
    pod("b", "", "");
    assertThat(refusal(() -> pod("c", "", "")).message())
        .contains("requested: count/pods=1,pods=1, used: count/pods=2,pods=1");
  }

  @Test
  void aPodThatShouldBeGoneUsesNothing() {
    quota("q", "'pods':'1'", "");
    pod("a", "", ",'nodeName':'n','terminationGracePeriodSeconds':10");
    api.delete(CORE + "pods/a");
    api.pass(19);
    assertThat(refusal(() -> pod("b", "", "")).code()).isEqualTo(403);
    api.pass(2);
    pod("b", "", "");
    api.delete(CORE + "pods/a?gracePeriodSeconds=0");
    assertThat(refusal(() -> pod("c", "", "")).code()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'services':'1' | services | 'spec':{'ports':[{'port':80}]} | services=1",
        "'services.nodeports':'2' | services | 'spec':{'type':'NodePort','ports':[{'port':80,'name':'a'},{'port':81,'name':'b'}]} | services.nodeports=2",
        "'services.loadbalancers':'1' | services | 'spec':{'type':'LoadBalancer','ports':[{'port':80}]} | services.loadbalancers=1",
        "'configmaps':'1' | configmaps | 'data':{} | configmaps=1",
        "'count/configmaps':'1' | configmaps | 'data':{} | count/configmaps=1",
        "'secrets':'1' | secrets | 'data':{} | secrets=1",
        "'persistentvolumeclaims':'1' | persistentvolumeclaims | CLAIM | persistentvolumeclaims=1",
        "'requests.storage':'1Gi' | persistentvolumeclaims | CLAIM | requests.storage=1Gi",
        "'gold.storageclass.storage.k8s.io/requests.storage':'1Gi' | persistentvolumeclaims | CLAIM | gold.storageclass.storage.k8s.io/requests.storage=1Gi",
        "'gold.storageclass.storage.k8s.io/persistentvolumeclaims':'1' | persistentvolumeclaims | CLAIM | gold.storageclass.storage.k8s.io/persistentvolumeclaims=1",
        "'count/limitranges':'1' | limitranges | 'spec':{'limits':[]} | count/limitranges=1",
        "'resourcequotas':'2' | resourcequotas | 'spec':{} | resourcequotas=2",
      })
  void otherKindsAreCounted(String hard, String resource, String fields, String refused) {
    var claim =
        "'spec':{'storageClassName':'gold','accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}";
    quota("q", hard, "");
    post(resource, "a", fields.replace("CLAIM", claim));
    assertThat(refusal(() -> post(resource, "b", fields.replace("CLAIM", claim))).message())
        .startsWith(resource + " \"b\" is forbidden: exceeded quota: q, requested: ")
        .endsWith("used: %1$s, limited: %1$s".formatted(refused));
    api.merge(CORE + resource + "/a", "{'metadata':{'finalizers':null}}");
    api.delete(CORE + resource + "/a");
    post(resource, "b", fields.replace("CLAIM", claim));
  }

  @Test
  void kindsOfGroupsAreCountedByTheirFullName() {
    quota("q", "'count/leases.coordination.k8s.io':'1'", "");
    var leases = "/apis/coordination.k8s.io/v1/namespaces/shop/leases";
    api.post(leases, "{'metadata':{'name':'a'}}");
    assertThat(refusal(() -> api.put(leases + "/b", "{'metadata':{'name':'b'}}")).message())
        .isEqualTo(
            "leases.coordination.k8s.io \"b\" is forbidden: exceeded quota: q, requested: count/leases.coordination.k8s.io=1, used: count/leases.coordination.k8s.io=1, limited: count/leases.coordination.k8s.io=1");
  }

  @Test
  void aServiceThatChangesItsTypeUsesTheDifference() {
    quota("q", "'services':'1','services.nodeports':'1'", "");
    post("services", "s", "'spec':{'ports':[{'port':80}]}");
    var path = CORE + "services/s";
    api.merge(path, "{'spec':{'type':'NodePort'}}");
    api.merge(path, "{'metadata':{'labels':{'a':'b'}}}");
    assertThat(
            refusal(() ->
                    api.merge(
                        path, "{'spec':{'ports':[{'port':80,'name':'a'},{'port':81,'name':'b'}]}}"))
                .message())
        .isEqualTo(
            "services \"s\" is forbidden: exceeded quota: q, requested: services.nodeports=1, used: services.nodeports=1, limited: services.nodeports=1");
    api.merge(path, "{'spec':{'type':'ClusterIP'}}");
    api.merge(path, "{'spec':{'ports':[{'port':80,'name':'a'},{'port':81,'name':'b'}]}}");
  }

  @Test
  void aClaimThatGrowsUsesTheDifference() {
    api.post(
        "/apis/storage.k8s.io/v1/storageclasses",
        "{'metadata':{'name':'gold'},'provisioner':'x','allowVolumeExpansion':true}");
    quota("q", "'requests.storage':'3Gi'", "");
    post(
        "persistentvolumeclaims",
        "c",
        "'spec':{'storageClassName':'gold','accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}");
    var path = CORE + "persistentvolumeclaims/c";
    api.merge(path, "{'spec':{'volumeName':'pv-1'}}");
    api.merge(path + "/status", "{'status':{'phase':'Bound'}}");
    api.merge(path, "{'spec':{'resources':{'requests':{'storage':'3Gi'}}}}");
    assertThat(
            refusal(() -> api.merge(path, "{'spec':{'resources':{'requests':{'storage':'4Gi'}}}}"))
                .message())
        .isEqualTo(
            "persistentvolumeclaims \"c\" is forbidden: exceeded quota: q, requested: requests.storage=1Gi, used: requests.storage=3Gi, limited: requests.storage=3Gi");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'scopes':['Terminating'] | ,'activeDeadlineSeconds':5 | ",
        "'scopes':['NotTerminating'] | | ,'activeDeadlineSeconds':5",
        "'scopes':['BestEffort'] | | CPU",
        "'scopes':['NotBestEffort'] | CPU | ",
        "'scopes':['NotBestEffort','Terminating'] | CPU,'activeDeadlineSeconds':5 | CPU",
        "'scopes':['PriorityClass'] | ,'priorityClassName':'high' | ",
        "'scopes':['CrossNamespacePodAffinity'] | ,'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'k','namespaces':['x']}]}} | ,'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'k'}]}}",
        "'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'In','values':['high']}]} | ,'priorityClassName':'high' | ,'priorityClassName':'low'",
        "'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'NotIn','values':['high']}]} | | ,'priorityClassName':'high'",
        "'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'DoesNotExist'}]} | | ,'priorityClassName':'low'",
      })
  void aScopeTellsWhichPodsCount(String scopes, String in, String out) {
    for (var name : new String[] {"high", "low"}) {
      api.post(
          "/apis/scheduling.k8s.io/v1/priorityclasses",
          "{'metadata':{'name':'%s'},'value':7}".formatted(name));
    }
    quota("q", "'pods':'1'", "," + scopes);
    scoped("a", in);
    scoped("b", out);
    scoped("c", out);
    assertThat(refusal(() -> scoped("d", in)).message()).contains("exceeded quota: q");
  }

  @Test
  void whatAWriteTookIsGivenBackWhenItFails() {
    quota("q", "'services':'2'", "");
    post("services", "s", "'spec':{'clusterIP':'10.96.0.9','ports':[{'port':80}]}");
    assertThat(refusal(() -> post("services", "s", "'spec':{'ports':[{'port':80}]}")).code())
        .isEqualTo(409);
    assertThat(
            refusal(() ->
                    post("services", "t", "'spec':{'clusterIP':'10.96.0.9','ports':[{'port':80}]}"))
                .code())
        .isEqualTo(422);
    post("services", "t", "'spec':{'ports':[{'port':80}]}");
  }

  @Test
  void aDryRunIsHeldAgainstTheQuotaAndTakesNothing() {
    quota("q", "'configmaps':'1'", "");
    for (var i = 0; i < 3; i++) post("configmaps?dryRun=All", "a", "'data':{}");
    post("configmaps", "a", "'data':{}");
    assertThat(refusal(() -> post("configmaps?dryRun=All", "b", "'data':{}")).code())
        .isEqualTo(403);
  }

  @Test
  void aQuotaThatIsChangedOrDeletedHoldsAsItIsNow() {
    quota("q", "'configmaps':'1'", "");
    post("configmaps", "a", "'data':{}");
    api.merge(CORE + "resourcequotas/q", "{'spec':{'hard':{'configmaps':'2'}}}");
    post("configmaps", "b", "'data':{}");
    api.merge(CORE + "resourcequotas/q", "{'spec':{'hard':{'configmaps':'1'}}}");
    assertThat(refusal(() -> post("configmaps", "c", "'data':{}")).message())
        .endsWith("requested: configmaps=1, used: configmaps=2, limited: configmaps=1");
    api.delete(CORE + "resourcequotas/q");
    post("configmaps", "c", "'data':{}");
    quota("r", "'configmaps':'3'", "");
    assertThat(refusal(() -> post("configmaps", "d", "'data':{}")).message())
        .contains("exceeded quota: r, requested: configmaps=1, used: configmaps=3");
  }

  @Test
  void everyQuotaOfTheNamespaceMustAllowIt() {
    quota("a", "'pods':'5'", "");
    quota("b", "'pods':'1'", "");
    pod("p", "", "");
    assertThat(refusal(() -> pod("q", "", "")).message()).contains("exceeded quota: b");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void usageIsKnownAfterARestart(int before) {
    quota("q", "'pods':'8'", "");
    for (var i = 0; i < before; i++) pod("p" + i, "", "");
    try (var restarted = new Api(api.store, 2)) {
      for (var i = before; i < 8; i++) restarted.post(CORE + "pods", podOf("p" + i, "", ""));
      assertThat(refusal(() -> restarted.post(CORE + "pods", podOf("x", "", ""))).message())
          .contains("used: pods=8");
    }
  }

  @Test
  void nothingIsListedForANamespaceWithoutLimits() {
    store.lists.clear();
    pod("a", "", "");
    post("configmaps", "a", "'data':{}");
    post("services", "a", "'spec':{'ports':[{'port':80}]}");
    api.merge(CORE + "services/a", "{'spec':{'type':'NodePort'}}");
    api.delete(CORE + "pods/a");
    assertThat(store.lists).noneMatch(prefix -> prefix.contains("/shop/"));
  }

  @Test
  void whatAQuotaCountsIsListedOnce() {
    quota("q", "'pods':'9','limits.cpu':'90','count/secrets':'1'", "");
    store.lists.clear();
    for (var i = 0; i < 5; i++) pod("p" + i, CPU, "");
    api.delete(CORE + "pods/p3");
    api.merge(CORE + "resourcequotas/q", "{'spec':{'hard':{'pods':'8'}}}");
    pod("p9", CPU, "");
    assertThat(store.lists.stream().filter(prefix -> prefix.contains("/shop/")))
        .containsExactly("/core/pods/shop/", "/core/resourcequotas/shop/");
  }

  private void quota(String name, String hard, String more) {
    post("resourcequotas", name, "'spec':{'hard':{" + hard + "}" + more + "}");
  }

  private void post(String resource, String name, String fields) {
    api.post(CORE + resource, "{'metadata':{'name':'%s'},%s}".formatted(name, fields));
  }

  private void scoped(String name, String fields) {
    var text = fields == null ? "" : fields;
    if (text.startsWith("CPU")) pod(name, CPU, text.substring(3));
    else pod(name, "", text);
  }

  private void pod(String name, String ofContainer, String ofPod) {
    api.post(CORE + "pods", podOf(name, ofContainer, ofPod));
  }

  private static String podOf(String name, String ofContainer, String ofPod) {
    return "{'metadata':{'name':'%s'},'spec':{'containers':[{'name':'c','image':'x:1'%s}]%s}}"
        .formatted(name, ofContainer.isEmpty() ? "" : "," + ofContainer, ofPod);
  }
}
