package io.ordinal.platform.records;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.platform.answer.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// All that the platform remembers: in Secrets of the hub, or, where it may write none, in a text
/// that its owner keeps for it.
public interface Records extends AutoCloseable {

  /// Where the Secrets are.
  String NAMESPACE = "ordinal-system";

  /// Hears of what is gone, and of what has changed.
  @FunctionalInterface
  interface Listener {
    void changed(Remembered before, Optional<Remembered> after);
  }

  /// Asks the cluster each time, for somebody who asks little: nothing is made, nothing followed.
  static Records asking(KubernetesClient client, InstantSource clock, RandomGenerator random) {
    return SecretRecords.asking(client, clock, random);
  }

  /// Makes the namespace where it is missing, and begins to follow it.
  static Records open(KubernetesClient client, InstantSource clock, RandomGenerator random) {
    return SecretRecords.open(client, clock, random);
  }

  /// Goes on with what was kept.
  ///
  /// @param kept the last text that was given to be kept; "" at first
  /// @param keep keeps a text durably before it returns
  /// @throws IllegalArgumentException when the text is none of ours
  static Records inText(String kept, Consumer<String> keep) {
    return TextRecords.read(kept, keep);
  }

  /// Tells a listener of every change from now on.
  void onChange(Listener listener);

  /// The thing of this type with this key.
  Optional<Remembered> find(Remembered.Type type, String key);

  /// Everything of this type, by name.
  List<Remembered> all(Remembered.Type type);

  /// Everything of this type that belongs to a user.
  default List<Remembered> of(Remembered.Type type, String owner) {
    return all(type).stream().filter(record -> record.owner().equals(owner)).toList();
  }

  /// Writes something new.
  ///
  /// @throws Refusal 409 when the name is taken
  Remembered create(Remembered record);

  /// Writes a change of what was read.
  ///
  /// @throws Refusal 409 when it has changed, or gone, meanwhile
  Remembered update(Remembered record);

  /// Forgets a thing; nothing happens when it is gone already.
  void delete(Remembered record);

  @Override
  void close();
}
