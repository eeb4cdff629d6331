package io.ordinal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.schema.Merging.ListType;
import io.ordinal.schema.Merging.Patch;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Facts of Kubernetes 1.36 that the build must have found.
class SchemasTest {
  private static final Schemas SCHEMAS = Schemas.load();

  @ParameterizedTest
  @CsvSource({
    "'', v1, Pod, io.k8s.api.core.v1.Pod",
    "'', v1, Event, io.k8s.api.core.v1.Event",
    "events.k8s.io, v1, Event, io.k8s.api.events.v1.Event",
    "apps, v1, StatefulSetList, io.k8s.api.apps.v1.StatefulSetList",
    "autoscaling, v2, HorizontalPodAutoscaler, io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler",
    "rbac.authorization.k8s.io, v1, ClusterRole, io.k8s.api.rbac.v1.ClusterRole",
    "policy, v1, Eviction, io.k8s.api.policy.v1.Eviction",
    "authentication.k8s.io, v1, TokenRequest, io.k8s.api.authentication.v1.TokenRequest",
    "apiextensions.k8s.io, v1, CustomResourceDefinition, io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition",
    "apiregistration.k8s.io, v1, APIService, io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService",
    "'', v1, Status, io.k8s.apimachinery.pkg.apis.meta.v1.Status",
    "apps, v1, DeleteOptions, io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions",
  })
  void kindsHaveTheirPublishedNames(String group, String version, String kind, String name) {
    assertThat(SCHEMAS.type(new Gvk(group, version, kind)).orElseThrow().name()).isEqualTo(name);
  }

  @Test
  void unknownKindsHaveNoType() {
    assertThat(SCHEMAS.type(new Gvk("apps", "v1beta1", "StatefulSet"))).isEmpty();
    assertThat(SCHEMAS.type(new Gvk("", "v1", "Nothing"))).isEmpty();
  }

  @Test
  void everyTypeCanBeReadAndEveryReferenceFollowed() {
    assertThat(SCHEMAS.names()).hasSizeGreaterThan(570);
    for (String name : SCHEMAS.names()) {
      SCHEMAS.named(name).orElseThrow().fields().values().forEach(field -> follow(field.type()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PodSpec, containers, true, true, MAP, name",
    "PodSpec, tolerations, false, true, ATOMIC, ''",
    "PodSpec, topologySpreadConstraints, false, true, MAP, topologyKey",
    "Container, ports, false, true, MAP, containerPort",
    "Container, command, false, true, ATOMIC, ''",
    "Container, stdin, false, false, ATOMIC, ''",
    "ServiceSpec, ports, false, true, MAP, port",
    "NodeSpec, podCIDRs, false, true, SET, ''",
    "NodeSpec, unschedulable, false, false, ATOMIC, ''",
    "ServiceAccount, secrets, false, true, MAP, name",
    "PersistentVolumeClaimSpec, storageClassName, false, true, ATOMIC, ''",
  })
  void factsOfCoreFields(
      String type,
      String name,
      boolean required,
      boolean keepsZero,
      ListType list,
      String mergeKey) {
    Field field = field("io.k8s.api.core.v1." + type, name);
    assertThat(field.required()).isEqualTo(required);
    assertThat(field.keepsZero()).isEqualTo(keepsZero);
    assertThat(field.merging().listType()).isEqualTo(list);
    assertThat(field.merging().mergeKey()).isEqualTo(mergeKey);
  }

  @Test
  void volumesRetainTheirKeys() {
    assertThat(field("io.k8s.api.core.v1.PodSpec", "volumes").merging().patch())
        .isEqualTo(Set.of(Patch.MERGE, Patch.RETAIN_KEYS));
    assertThat(field("io.k8s.api.policy.v1.PodDisruptionBudgetSpec", "selector").merging().patch())
        .isEqualTo(Set.of(Patch.REPLACE));
  }

  @Test
  void theWireTellsMicrosecondsFromSeconds() {
    assertThat(field("io.k8s.api.coordination.v1.LeaseSpec", "renewTime").type())
        .isEqualTo(FieldType.Scalar.MICRO_TIME);
    assertThat(field("io.k8s.api.core.v1.Event", "eventTime").type())
        .isEqualTo(FieldType.Scalar.MICRO_TIME);
    assertThat(field("io.k8s.api.core.v1.Event", "lastTimestamp").type())
        .isEqualTo(FieldType.Scalar.TIME);
  }

  private static Field field(String type, String name) {
    Field field = SCHEMAS.named(type).orElseThrow().field(name);
    assertThat(field).as(name).isNotNull();
    return java.util.Objects.requireNonNull(field);
  }

  private static void follow(FieldType type) {
    switch (type) {
      case FieldType.Ref ref -> assertThat(ref.type().name()).isEqualTo(ref.name());
      case FieldType.ListOf list -> follow(list.item());
      case FieldType.MapOf map -> follow(map.value());
      case FieldType.Scalar _ -> {}
    }
  }
}
