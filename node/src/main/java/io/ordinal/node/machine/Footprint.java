package io.ordinal.node.machine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The names that one data folder uses on a machine, all derived from its path: so several Ordinals
/// live side by side, and whatever one of them left behind can be found again from the folder
/// alone.
///
/// @param id six hexadecimal digits
/// @param dataFolder absolute and normalised
public record Footprint(String id, Path dataFolder) {

  /// The footprint of a data folder, which need not exist.
  public static Footprint of(Path dataFolder) {
    var path = dataFolder.toAbsolutePath().normalize();
    return new Footprint(HexFormat.of().formatHex(sha256(path.toString()), 0, 3), path);
  }

  /// The bridge of a logical node, `number` counted from 1. Interface names have at most 15
  /// characters.
  public String bridge(int number) {
    return bridgePrefix() + number;
  }

  /// What the name of every bridge of this folder starts with.
  public String bridgePrefix() {
    return "ord" + id + "-";
  }

  /// The nftables table.
  public String table() {
    return "ordinal-" + id;
  }

  /// The cgroup below which every pod of this folder lives, relative to the root of each hierarchy.
  public String cgroup() {
    return "/ordinal-" + id;
  }

  /// The socket of containerd.
  public Path containerdSocket() {
    return dataFolder.resolve("containerd.sock");
  }

  /// The folder of containerd: its configuration, its content (`root`) and what does not outlive a
  /// boot (`state`).
  public Path containerdFolder() {
    return dataFolder.resolve("containerd");
  }

  /// A number that is stable for this folder, below `bound`.
  public int pick(int bound) {
    return Integer.parseInt(id, 16) % bound;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
