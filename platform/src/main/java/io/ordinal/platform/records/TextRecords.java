package io.ordinal.platform.records;

import io.ordinal.platform.answer.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the platform remembers in one text of JSON: a handful of things of one user. Each change
/// keeps the whole of it, before anybody hears of the change.
final class TextRecords implements Records {

  private final Consumer<String> keep;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile Map<String, Remembered> records;
  private long version;

  private TextRecords(Map<String, Remembered> records, Consumer<String> keep) {
    this.records = records;
    this.keep = keep;
    this.version = records.values().stream().mapToLong(Remembered::version).max().orElse(0);
  }

  static TextRecords read(String kept, Consumer<String> keep) {
    var records = new TreeMap<String, Remembered>();
    if (kept.isBlank()) return new TextRecords(records, keep);
    try {
      var json = JsonMapper.shared().readTree(kept).required("records");
      for (var each : json) {
        var record = record(each);
        records.put(record.name(), record);
      }
      return new TextRecords(records, keep);
    } catch (JacksonException e) {
      // What a parser says may quote a hash.
      throw new IllegalArgumentException("no records of a console");
    }
  }

  @Override
  public void onChange(Listener listener) {
    listeners.add(listener);
  }

  @Override
  public Optional<Remembered> find(Remembered.Type type, String key) {
    return Optional.ofNullable(records.get(type.nameOf(key)));
  }

  @Override
  public List<Remembered> all(Remembered.Type type) {
    return records.values().stream().filter(record -> record.type() == type).toList();
  }

  @Override
  public synchronized Remembered create(Remembered record) {
    if (records.containsKey(record.name())) {
      throw Refusal.alreadyExists(record.type().secretType(), record.key());
    }
    return put(record);
  }

  @Override
  public Remembered update(Remembered record) {
    Remembered before;
    Remembered after;
    synchronized (this) {
      before = records.get(record.name());
      if (before == null || before.version() != record.version()) {
        throw Refusal.conflict("it was changed meanwhile: look again");
      }
      after = put(record);
    }
    tell(before, Optional.of(after));
    return after;
  }

  @Override
  public void delete(Remembered record) {
    Remembered before;
    synchronized (this) {
      before = records.get(record.name());
      if (before == null) return;
      change(record.name(), null);
    }
    tell(before, Optional.empty());
  }

  private Remembered put(Remembered record) {
    var fresh =
        new Remembered(record.name(), record.type(), record.owner(), record.fields(), version + 1);
    change(record.name(), fresh);
    version++;
    return fresh;
  }

  /// What could not be kept has not happened.
  private void change(String name, @Nullable Remembered record) {
    var next = new TreeMap<>(records);
    if (record == null) next.remove(name);
    else next.put(name, record);
    keep.accept(text(next));
    records = next;
  }

  private void tell(Remembered before, Optional<Remembered> after) {
    listeners.forEach(listener -> listener.changed(before, after));
  }

  private static String text(Map<String, Remembered> records) {
    var json = JsonMapper.shared().createObjectNode();
    var array = json.putArray("records");
    for (var record : records.values()) {
      var one = array.addObject();
      one.put("name", record.name()).put("type", record.type().name());
      one.put("owner", record.owner()).put("version", record.version());
      var fields = one.putObject("fields");
      new TreeMap<>(record.fields()).forEach(fields::put);
    }
    return json.toPrettyString() + "\n";
  }

  private static Remembered record(JsonNode json) {
    var fields = new LinkedHashMap<String, String>();
    json.required("fields")
        .properties()
        .forEach(e -> fields.put(e.getKey(), e.getValue().asString()));
    return new Remembered(
        json.required("name").asString(),
        Remembered.Type.valueOf(json.required("type").asString()),
        json.required("owner").asString(),
        fields,
        json.required("version").asLong());
  }

  @Override
  public void close() {
    // Everything is kept already.
  }
}
