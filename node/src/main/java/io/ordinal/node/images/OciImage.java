package io.ordinal.node.images;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An image to be made on this machine: layers (tar archives), what to run, and its name in full.
///
/// @param layers the lowest first
/// @param stopSignal what asks it to end
record OciImage(
    String name,
    List<byte[]> layers,
    List<String> command,
    String stopSignal,
    Map<String, String> labels) {
  private static final JsonMapper JSON = new JsonMapper();

  OciImage {
    layers = List.copyOf(layers);
    command = List.copyOf(command);
    labels = Map.copyOf(labels);
  }

  /// An OCI layout of these images in one tar archive, as `ctr images import` takes it. Layers they
  /// share are in it once.
  static byte[] archive(List<OciImage> images, String architecture) {
    var blobs = new Blobs();
    var index =
        JSON.createObjectNode()
            .put("schemaVersion", 2)
            .put("mediaType", "application/vnd.oci.image.index.v1+json");
    var manifests = index.putArray("manifests");
    for (var image : images) {
      var manifest =
          blobs.add(
              "application/vnd.oci.image.manifest.v1+json", image.manifest(blobs, architecture));
      manifest.putObject("platform").put("architecture", architecture).put("os", "linux");
      manifest.putObject("annotations").put("io.containerd.image.name", image.name);
      manifests.add(manifest);
    }
    var tar =
        new Tar()
            .file("oci-layout", 0644, "{\"imageLayoutVersion\":\"1.0.0\"}")
            .file("index.json", 0644, JSON.writeValueAsBytes(index));
    blobs.writeTo(tar);
    return tar.bytes();
  }

  private byte[] manifest(Blobs blobs, String architecture) {
    var manifest =
        JSON.createObjectNode()
            .put("schemaVersion", 2)
            .put("mediaType", "application/vnd.oci.image.manifest.v1+json");
    manifest.set(
        "config", blobs.add("application/vnd.oci.image.config.v1+json", config(architecture)));
    var descriptors = manifest.putArray("layers");
    layers.forEach(
        layer -> descriptors.add(blobs.add("application/vnd.oci.image.layer.v1.tar", layer)));
    return JSON.writeValueAsBytes(manifest);
  }

  private byte[] config(String architecture) {
    var config = JSON.createObjectNode().put("architecture", architecture).put("os", "linux");
    var run = config.putObject("config");
    run.putArray("Env").add("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    command.forEach(run.putArray("Cmd")::add);
    run.put("WorkingDir", "/").put("StopSignal", stopSignal);
    labels.forEach(run.putObject("Labels")::put);
    var rootfs = config.putObject("rootfs").put("type", "layers");
    var ids = rootfs.putArray("diff_ids");
    layers.forEach(layer -> ids.add("sha256:" + Blobs.sha256(layer)));
    return JSON.writeValueAsBytes(config);
  }

  /// Bytes by their digest.
  private static final class Blobs {
    private final Map<String, byte[]> all = new java.util.TreeMap<>();

    /// Adds a blob and answers its descriptor.
    ObjectNode add(String mediaType, byte[] bytes) {
      var digest = sha256(bytes);
      all.put(digest, bytes);
      return JSON.createObjectNode()
          .put("mediaType", mediaType)
          .put("digest", "sha256:" + digest)
          .put("size", bytes.length);
    }

    void writeTo(Tar tar) {
      all.forEach((digest, bytes) -> tar.file("blobs/sha256/" + digest, 0644, bytes));
    }

    static String sha256(byte[] bytes) {
      try {
        return java.util.HexFormat.of()
            .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new AssertionError("every JDK has SHA-256", e);
      }
    }
  }
}
