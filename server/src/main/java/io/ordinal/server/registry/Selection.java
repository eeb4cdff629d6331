package io.ordinal.server.registry;

import java.util.Optional;

/// Which objects of a kind a list or a watch is about.
record Selection(Kind kind, String namespace, LabelSelector labels, FieldSelector fields) {
  private static final String NAME = "metadata.name";
  private static final String NAMESPACE = "metadata.namespace";

  /// An equality that an index can answer; the field is empty when there is none.
  record Term(String field, String value) {
    static final Term NONE = new Term("", "");
  }

  boolean selectsAll() {
    return labels.isEverything() && fields.isEverything();
  }

  /// Whether it can hold one object only.
  boolean isOne() {
    return name().isPresent() && kind.namespaced() != namespace.isEmpty();
  }

  /// Whether namespace and name, which the key shows, decide.
  boolean isDecidedByKey() {
    return labels.isEverything()
        && fields.terms().stream()
            .allMatch(t -> t.field().equals(NAME) || t.field().equals(NAMESPACE));
  }

  /// Whether the terms about name and namespace hold for a key.
  boolean matchesName(String key) {
    for (var term : fields.terms()) {
      var value = fromKey(kind, key, term.field());
      if (value.isPresent() && value.get().equals(term.value()) != term.equal()) return false;
    }
    return true;
  }

  /// The one name that objects must have.
  Optional<String> name() {
    return fields.required(NAME);
  }

  /// The most telling equality: the name, then any field, then the namespace.
  Term term() {
    if (name().isPresent()) return new Term(NAME, name().get());
    for (var term : fields.terms()) {
      if (term.equal()) return new Term(term.field(), term.value());
    }
    return namespace.isEmpty() ? Term.NONE : new Term(NAMESPACE, namespace);
  }

  /// What a key alone says about a field; empty when the object must be asked.
  static Optional<String> fromKey(Kind kind, String key, String field) {
    var slash = key.lastIndexOf('/');
    return switch (field) {
      case "" -> Optional.of("");
      case NAME -> Optional.of(key.substring(slash + 1));
      case NAMESPACE ->
          Optional.of(kind.namespaced() ? key.substring(kind.prefix().length(), slash) : "");
      default -> Optional.empty();
    };
  }
}
