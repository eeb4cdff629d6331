package io.ordinal.server.kinds;

import static io.ordinal.server.registry.Api.at;
import static io.ordinal.server.registry.Api.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.registry.Api;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClaimTest {
  private static final String CLASSES = "/apis/storage.k8s.io/v1/storageclasses";
  private static final String CLAIMS = "/api/v1/namespaces/default/persistentvolumeclaims";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aBoundClaimGrowsWhereItsClassAllowsIt() {
    storageClass("elastic", "true");
    claim("data", "elastic");
    bind("data");
    api.merge(CLAIMS + "/data", request("2Gi"));
    assertThat(at(api.get(CLAIMS + "/data"), "spec.resources.requests.storage")).isEqualTo("2Gi");
  }

  @Test
  void aClaimOfAnyOtherClassDoesNotGrow() {
    storageClass("rigid", "false");
    claim("a", "rigid");
    claim("b", "missing");
    for (var name : new String[] {"a", "b"}) {
      bind(name);
      var status = refusal(() -> api.merge(CLAIMS + "/" + name, request("2Gi")));
      assertThat(status.code()).isEqualTo(403);
      assertThat(status.message())
          .isEqualTo(
              "persistentvolumeclaims \"%s\" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize"
                  .formatted(name));
      api.merge(CLAIMS + "/" + name, "{'metadata':{'labels':{'a':'b'}}}");
    }
  }

  private void storageClass(String name, String expands) {
    api.post(
        CLASSES,
        "{'metadata':{'name':'%s'},'provisioner':'x','allowVolumeExpansion':%s}"
            .formatted(name, expands));
  }

  private void claim(String name, String storageClass) {
    api.post(
        CLAIMS,
        "{'metadata':{'name':'%s'},'spec':{'storageClassName':'%s','accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}"
            .formatted(name, storageClass));
  }

  private void bind(String name) {
    api.merge(CLAIMS + "/" + name, "{'spec':{'volumeName':'pv-1'}}");
    api.merge(CLAIMS + "/" + name + "/status", "{'status':{'phase':'Bound'}}");
  }

  private static String request(String size) {
    return "{'spec':{'resources':{'requests':{'storage':'" + size + "'}}}}";
  }
}
