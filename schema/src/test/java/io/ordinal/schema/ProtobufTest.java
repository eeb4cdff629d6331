package io.ordinal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.kubernetes.client.proto.IntStr.IntOrString;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource.Quantity;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Coordination;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProtobufTest {
  private static final Schemas SCHEMAS = Schemas.load();

  @Test
  void aNamespaceAsKubectlSendsIt() {
    var namespace =
        V1.Namespace.newBuilder()
            .setMetadata(
                Meta.ObjectMeta.newBuilder()
                    .setName("demo")
                    .setGenerateName("")
                    .setGeneration(0)
                    .setCreationTimestamp(Meta.Time.newBuilder()))
            .setSpec(V1.NamespaceSpec.newBuilder())
            .setStatus(V1.NamespaceStatus.newBuilder().setPhase(""))
            .build();
    assertDecodes(
        "v1",
        "Namespace",
        namespace,
        "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'demo'},'spec':{},'status':{}}");
  }

  @Test
  void embeddedMessagesAreInlined() {
    assertDecodes(
        "v1",
        "Pod",
        pod(),
        "{'apiVersion':'v1','kind':'Pod','spec':{'volumes':[{'name':'v','configMap':{'name':'cm','defaultMode':420}}],"
            + "'containers':[{'name':'c','resources':{'limits':{'cpu':'500m'}},'readinessProbe':{'httpGet':{'port':'http'}}}],"
            + "'terminationGracePeriodSeconds':0}}");
  }

  @Test
  void bytesBecomeBase64() {
    var secret =
        V1.Secret.newBuilder()
            .putData("a", ByteString.copyFromUtf8("hello"))
            .putStringData("b", "x")
            .setImmutable(false)
            .build();
    assertDecodes(
        "v1",
        "Secret",
        secret,
        "{'apiVersion':'v1','kind':'Secret','data':{'a':'aGVsbG8='},'stringData':{'b':'x'},'immutable':false}");
  }

  @Test
  void deleteOptionsOfAnyGroup() {
    var options =
        Meta.DeleteOptions.newBuilder()
            .setGracePeriodSeconds(0)
            .setPropagationPolicy("Background")
            .setPreconditions(Meta.Preconditions.newBuilder().setUid("u"))
            .addDryRun("All")
            .build();
    assertDecodes(
        "apps/v1",
        "DeleteOptions",
        options,
        "{'apiVersion':'apps/v1','kind':'DeleteOptions','gracePeriodSeconds':0,'preconditions':{'uid':'u'},"
            + "'propagationPolicy':'Background','dryRun':['All']}");
  }

  @Test
  void timesMicroTimesAndRawJson() {
    var lease =
        V1Coordination.Lease.newBuilder()
            .setMetadata(
                Meta.ObjectMeta.newBuilder()
                    .setDeletionTimestamp(Meta.Time.newBuilder().setSeconds(1_700_000_000)))
            .setSpec(
                V1Coordination.LeaseSpec.newBuilder()
                    .setRenewTime(
                        Meta.MicroTime.newBuilder()
                            .setSeconds(1_700_000_000)
                            .setNanos(123_456_789)))
            .build();
    assertDecodes(
        "coordination.k8s.io/v1",
        "Lease",
        lease,
        "{'apiVersion':'coordination.k8s.io/v1','kind':'Lease','metadata':{'deletionTimestamp':'2023-11-14T22:13:20Z'},"
            + "'spec':{'renewTime':'2023-11-14T22:13:20.123456Z'}}");
    var revision =
        V1Apps.ControllerRevision.newBuilder()
            .setData(
                Runtime.RawExtension.newBuilder().setRaw(ByteString.copyFromUtf8("{\"a\":[1]}")))
            .setRevision(0)
            .build();
    assertDecodes(
        "apps/v1",
        "ControllerRevision",
        revision,
        "{'apiVersion':'apps/v1','kind':'ControllerRevision','data':{'a':[1]},'revision':0}");
  }

  @Test
  void wrappersAreUnwrapped() {
    var review =
        V1Authorization.SubjectAccessReview.newBuilder()
            .setSpec(
                V1Authorization.SubjectAccessReviewSpec.newBuilder()
                    .setUser("u")
                    .putExtra(
                        "k",
                        V1Authorization.ExtraValue.newBuilder()
                            .addItems("a")
                            .addItems("b")
                            .build()))
            .build();
    assertDecodes(
        "authorization.k8s.io/v1",
        "SubjectAccessReview",
        review,
        "{'apiVersion':'authorization.k8s.io/v1','kind':'SubjectAccessReview','spec':{'user':'u','extra':{'k':['a','b']}}}");
  }

  @Test
  void aDamagedBodyIsRefused() {
    byte[] body =
        envelope(
            "v1",
            "ConfigMap",
            V1.ConfigMap.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder().setName("a"))
                .putData("k", "v".repeat(50))
                .build());
    for (int length = 5; length < body.length; length += 3) {
      byte[] cut = Arrays.copyOf(body, length);
      try {
        Protobuf.decode(cut, SCHEMAS);
      } catch (DecodeException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    assertThatThrownBy(() -> Protobuf.decode(new byte[] {'k', '8', 's', 0, 10, 127}, SCHEMAS))
        .isInstanceOf(DecodeException.class)
        .hasMessage("unexpected EOF");
    assertThatThrownBy(
            () -> Protobuf.decode(envelope("v1", "Nothing", V1.Pod.getDefaultInstance()), SCHEMAS))
        .hasMessage("no kind \"Nothing\" is registered for version \"v1\"");
  }

  /// A pod as it is sent.
  static byte[] podBody() {
    return envelope("v1", "Pod", pod());
  }

  private static V1.Pod pod() {
    return V1.Pod.newBuilder()
        .setSpec(
            V1.PodSpec.newBuilder()
                .setHostNetwork(false)
                .setTerminationGracePeriodSeconds(0)
                .addVolumes(
                    V1.Volume.newBuilder()
                        .setName("v")
                        .setVolumeSource(
                            V1.VolumeSource.newBuilder()
                                .setConfigMap(
                                    V1.ConfigMapVolumeSource.newBuilder()
                                        .setLocalObjectReference(
                                            V1.LocalObjectReference.newBuilder().setName("cm"))
                                        .setDefaultMode(420))))
                .addContainers(
                    V1.Container.newBuilder()
                        .setName("c")
                        .setStdin(false)
                        .setReadinessProbe(
                            V1.Probe.newBuilder()
                                .setPeriodSeconds(0)
                                .setHandler(
                                    V1.ProbeHandler.newBuilder()
                                        .setHttpGet(
                                            V1.HTTPGetAction.newBuilder()
                                                .setPort(
                                                    IntOrString.newBuilder()
                                                        .setType(1)
                                                        .setStrVal("http")))))
                        .setResources(
                            V1.ResourceRequirements.newBuilder()
                                .putLimits("cpu", Quantity.newBuilder().setString("0.5").build()))))
        .build();
  }

  private static void assertDecodes(String apiVersion, String kind, Message message, String json) {
    byte[] body = envelope(apiVersion, kind, message);
    assertThat(Protobuf.isProtobuf(body)).isTrue();
    assertThat(Protobuf.decode(body, SCHEMAS).tree().toString().replace('"', '\'')).isEqualTo(json);
  }

  private static byte[] envelope(String apiVersion, String kind, Message message) {
    var unknown =
        Runtime.Unknown.newBuilder()
            .setTypeMeta(Runtime.TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
            .setRaw(message.toByteString())
            .setContentEncoding("")
            .setContentType("")
            .build();
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {'k', '8', 's', 0});
    bytes.writeBytes(unknown.toByteArray());
    return bytes.toByteArray();
  }
}
