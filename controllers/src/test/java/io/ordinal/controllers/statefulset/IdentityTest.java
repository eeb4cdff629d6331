package io.ordinal.controllers.statefulset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.ordinal.controllers.statefulset.ClaimRetention.Fate;
import io.ordinal.kube.Ordinals;
import io.ordinal.kube.OwnerRefs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The lines U01–U06 of the behaviour checklist: names, identities, claims, limits.
class IdentityTest {
  private final StatefulSet set = set();
  private final SetSpec spec = SetSpec.of(set);
  private final Pod pod = pod(0);

  @ParameterizedTest
  @CsvSource({
    "a-1,a,1",
    "a-b-0,a-b,0",
    "a-007,a,7",
    "a,'',-1",
    "a-,'',-1",
    "a-x1,'',-1",
    "a--1,a-,1"
  })
  void u01OrdinalsAreReadFromNames(String name, String parent, int ordinal) {
    assertThat(Ordinals.parent(name)).isEqualTo(parent);
    assertThat(Ordinals.of(name).orElse(-1)).isEqualTo(ordinal);
  }

  @Test
  void u01AnOrdinalThatDoesNotFitIsNone() {
    assertThat(Ordinals.of("a-2147483647")).hasValue(Integer.MAX_VALUE);
    assertThat(Ordinals.of("a-2147483648")).isEmpty();
    assertThat(Ordinals.of("a-99999999999999999999999")).isEmpty();
  }

  @Test
  void u02ClaimNamesAndMembership() {
    assertThat(Claims.names(spec, 3)).isEqualTo(Map.of("www", "www-web-3"));
    assertThat(PodIdentity.isMember("web", "web-0")).isTrue();
    assertThat(PodIdentity.isMember("web", "web-a-0")).isFalse();
    assertThat(PodIdentity.ordinal(spec, renamed("webs-0"))).isEqualTo(-1);
    assertThat(PodIdentity.ordinal(spec, renamed("web-12"))).isEqualTo(12);
    assertThat(PodIdentity.matches(spec, pod)).isTrue();
    assertThat(PodIdentity.matches(spec, renamed("web-1"))).isFalse();
    assertThat(PodIdentity.storageMatches(spec, pod)).isTrue();
  }

  @Test
  void u02ANewPodIsMadeToTheLetter() {
    var metadata = pod.getMetadata();
    assertThat(metadata.getName()).isEqualTo("web-0");
    assertThat(metadata.getGenerateName()).isEqualTo("web-");
    assertThat(metadata.getLabels())
        .isEqualTo(
            Map.of(
                "app", "web",
                "statefulset.kubernetes.io/pod-name", "web-0",
                "apps.kubernetes.io/pod-index", "0",
                "controller-revision-hash", "web-5d6f7c8b9d"));
    assertThat(OwnerRefs.isControlledBy(pod, set)).isTrue();
    assertThat(pod.getSpec().getHostname()).isEqualTo("web-0");
    assertThat(pod.getSpec().getSubdomain()).isEqualTo("nginx");
    assertThat(pod.getSpec().getVolumes())
        .extracting(v -> v.getPersistentVolumeClaim().getClaimName())
        .containsExactly("www-web-0");
  }

  @Test
  void u03StorageIsRestoredAndForeignVolumesStay() {
    var broken =
        new PodBuilder(pod)
            .editSpec()
            .withVolumes(
                new VolumeBuilder().withName("scratch").withNewEmptyDir().endEmptyDir().build(),
                new VolumeBuilder()
                    .withName("www")
                    .withNewPersistentVolumeClaim("www-other-0", false)
                    .build())
            .endSpec()
            .build();
    assertThat(PodIdentity.storageMatches(spec, broken)).isFalse();
    var repaired = PodIdentity.repaired(spec, broken);
    assertThat(PodIdentity.storageMatches(spec, repaired)).isTrue();
    assertThat(repaired.getSpec().getVolumes())
        .extracting(volume -> volume.getName())
        .containsExactly("www", "scratch");
  }

  @Test
  void u04AClaimWithAReferenceToAnEarlierNamesakeIsLeftAlone() {
    var stale = claim(PodControlTest.ref("StatefulSet", "web", "old-uid", true));
    assertThat(bothDelete().judge(stale, spec, pod).upToDate()).isTrue();
    var stalePod = claim(PodControlTest.ref("Pod", "web-0", "old-uid", true));
    assertThat(bothDelete().judge(stalePod, spec, pod).upToDate()).isTrue();
  }

  @Test
  void u04AForeignManagerIsKeptAndToldOf() {
    var foreign = PodControlTest.ref("Backup", "b", "b-uid", true);
    var ours = PodControlTest.ref("StatefulSet", "web", "set-uid", false);
    var verdict = bothDelete().judge(claim(foreign), spec, pod);
    assertThat(verdict).isEqualTo(new ClaimRetention.Verdict(true, true));
    var both = claim(foreign, ours);
    assertThat(bothDelete().judge(both, spec, pod).upToDate()).isFalse();
    assertThat(OwnerRefs.of(bothDelete().owned(both, spec, pod))).containsExactly(foreign);
    var retain = new ClaimRetention(Fate.RETAIN, Fate.RETAIN);
    assertThat(retain.judge(claim(foreign), spec, pod))
        .isEqualTo(new ClaimRetention.Verdict(true, false));
    assertThat(retain.judge(both, spec, pod).upToDate()).isFalse();
  }

  @Test
  void u04AReferenceOfOursThatDoesNotManageIsMadeToAndOthersStay() {
    var ours = PodControlTest.ref("StatefulSet", "web", "set-uid", false);
    var friend = PodControlTest.ref("Friend", "f", "f-uid", false);
    var claim = claim(friend, ours);
    assertThat(bothDelete().judge(claim, spec, pod).upToDate()).isFalse();
    assertThat(OwnerRefs.of(bothDelete().owned(claim, spec, pod)))
        .containsExactly(friend, OwnerRefs.controllerRef(set));
  }

  @ParameterizedTest
  @CsvSource({",25,1", "2,25,2", "10%,25,2", "50%,5,2", "10%,5,1", "0%,5,1", "100%,5,5"})
  void u05MaxUnavailableIsRoundedDownAndAtLeastOne(String limit, int replicas, int expected) {
    assertThat(maxUnavailable(limit, replicas)).isEqualTo(expected);
  }

  @Test
  void u05AnythingElseIsAnError() {
    assertThatThrownBy(() -> maxUnavailable("many", 5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void u06ClaimLabelsAreTheTemplatesOverlaidWithTheSelectors() {
    var template = set.getSpec().getVolumeClaimTemplates().getFirst();
    assertThat(Claims.newClaim(template, spec, 0).getMetadata().getLabels())
        .isEqualTo(Map.of("app", "web"));
    var labelled =
        new PersistentVolumeClaimBuilder(template)
            .editMetadata()
            .withLabels(Map.of("app", "db", "tier", "data"))
            .endMetadata()
            .build();
    assertThat(Claims.newClaim(labelled, spec, 0).getMetadata().getLabels())
        .isEqualTo(Map.of("app", "web", "tier", "data"));
    set.getSpec().getSelector().setMatchLabels(Map.of());
    assertThat(Claims.newClaim(labelled, spec, 0).getMetadata().getLabels())
        .isEqualTo(Map.of("app", "db", "tier", "data"));
  }

  private static int maxUnavailable(String limit, int replicas) {
    var value =
        limit == null
            ? Optional.<IntOrString>empty()
            : Optional.of(
                limit.matches("[0-9]+")
                    ? new IntOrString(Integer.valueOf(limit))
                    : new IntOrString(limit));
    return new RollingUpdate(SetSpec.of(Sets.web(replicas)), value).maxUnavailable();
  }

  private static ClaimRetention bothDelete() {
    return new ClaimRetention(Fate.DELETE, Fate.DELETE);
  }

  private PersistentVolumeClaim claim(OwnerReference... owners) {
    var template = set.getSpec().getVolumeClaimTemplates().getFirst();
    return new PersistentVolumeClaimBuilder(Claims.newClaim(template, spec, 0))
        .editMetadata()
        .withOwnerReferences(List.of(owners))
        .endMetadata()
        .build();
  }

  private Pod pod(int ordinal) {
    return withUid(
        PodIdentity.newPod(
            spec, new Revision("web-5d6f7c8b9d", set.getSpec().getTemplate()), ordinal),
        "pod-uid");
  }

  private Pod renamed(String name) {
    return new PodBuilder(pod).editMetadata().withName(name).endMetadata().build();
  }

  private static StatefulSet set() {
    return withUid(Sets.web(3), "set-uid");
  }

  private static <T extends HasMetadata> T withUid(T object, String uid) {
    object.getMetadata().setUid(uid);
    return object;
  }
}
