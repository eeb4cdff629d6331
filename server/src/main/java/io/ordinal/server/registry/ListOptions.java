package io.ordinal.server.registry;

import io.ordinal.server.ApiException;
import io.ordinal.server.Query;
import io.ordinal.server.Verb;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.FieldPath;
import java.util.ArrayList;
import java.util.List;

/// The query parameters of a list or a watch, checked (contract B1, B4, B5).
///
/// @param resourceVersion -1 when none is given
/// @param limit 0 for all
record ListOptions(
    Selection selection,
    long resourceVersion,
    Match match,
    int limit,
    String continueToken,
    boolean sendInitialEvents) {

  /// How the resourceVersion is meant.
  enum Match {
    UNSET,
    NOT_OLDER_THAN,
    EXACT
  }

  static final long UNSET = -1;
  private static final String MATCH = "resourceVersionMatch";

  /// A plain list of everything selected.
  static ListOptions now(Selection selection) {
    return new ListOptions(selection, UNSET, Match.UNSET, 0, "", false);
  }

  static ListOptions of(Kind kind, Call call) {
    var query = call.query();
    var watching = call.target().verb() == Verb.WATCH;
    var version = resourceVersion(query.first("resourceVersion"));
    var token = query.first("continue");
    if (!token.isEmpty() && version > 0) {
      throw Refusals.badRequest("specifying resource version is not allowed when using continue");
    }
    var initial = query.flag("sendInitialEvents");
    var match = match(query, version, watching);
    return new ListOptions(
        selection(kind, call), version, match, limit(query.first("limit")), token, initial);
  }

  static long resourceVersion(String text) {
    if (text.isEmpty()) return UNSET;
    try {
      return Long.parseUnsignedLong(text) & Long.MAX_VALUE;
    } catch (NumberFormatException e) {
      throw Refusals.badRequest(
          "invalid resource version \"" + text + "\": strconv.ParseUint: invalid syntax");
    }
  }

  private static int limit(String text) {
    if (text.isEmpty()) return 0;
    try {
      return Math.clamp(Long.parseLong(text), 0, Integer.MAX_VALUE);
    } catch (NumberFormatException e) {
      throw Refusals.badRequest("invalid limit \"" + text + "\": it must be a whole number");
    }
  }

  private static Match match(Query query, long version, boolean watching) {
    var errors = new FieldErrors();
    var text = query.first(MATCH);
    var path = FieldPath.of(MATCH);
    if (watching) checkWatch(query, text, errors);
    else {
      if (query.has("sendInitialEvents")) {
        errors.forbidden(
            FieldPath.of("sendInitialEvents"), "sendInitialEvents is forbidden for list");
      }
      if (!text.isEmpty()) {
        if (!query.first("continue").isEmpty()) {
          errors.forbidden(path, "resourceVersionMatch is forbidden when continue is provided");
        }
        if (version == UNSET) {
          errors.forbidden(
              path, "resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
      }
    }
    var match = parse(text, path, errors);
    if (match == Match.EXACT && version == 0) {
      errors.forbidden(
          path, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
    }
    if (!errors.isEmpty()) throw invalid(errors);
    return match;
  }

  private static void checkWatch(Query query, String match, FieldErrors errors) {
    var asked = query.has("sendInitialEvents");
    if (!match.isEmpty() && !asked) {
      errors.forbidden(
          FieldPath.of(MATCH),
          "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
    }
    if (asked && !match.equals("NotOlderThan")) {
      errors.forbidden(
          FieldPath.of(MATCH),
          "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    }
    if (query.flag("sendInitialEvents") && !query.flag("allowWatchBookmarks")) {
      errors.forbidden(
          FieldPath.of("allowWatchBookmarks"),
          "sendInitialEvents requires setting allowWatchBookmarks to true");
    }
  }

  private static Match parse(String text, FieldPath path, FieldErrors errors) {
    return switch (text) {
      case "" -> Match.UNSET;
      case "NotOlderThan" -> Match.NOT_OLDER_THAN;
      case "Exact" -> Match.EXACT;
      default -> {
        errors.unsupported(path, text, List.of("Exact", "NotOlderThan", ""));
        yield Match.UNSET;
      }
    };
  }

  private static ApiException invalid(FieldErrors errors) {
    return Refusals.invalid("meta.k8s.io", "ListOptions", "", errors);
  }

  /// What the selectors and the URL select.
  static Selection selection(Kind kind, Call call) {
    try {
      var labels = LabelSelectorParser.parse(call.query().first("labelSelector"));
      var fields = FieldSelector.parse(call.query().first("fieldSelector"));
      for (var term : fields.terms()) {
        if (kind.selectableFields().noneMatch(term.field()::equals)) {
          throw Refusals.badRequest("field label not supported: " + term.field());
        }
      }
      return new Selection(kind, namespace(call, fields), labels, named(call, fields));
    } catch (IllegalArgumentException e) {
      throw Refusals.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static String namespace(Call call, FieldSelector fields) {
    var namespace = call.target().namespace();
    return namespace.isEmpty() ? fields.required("metadata.namespace").orElse("") : namespace;
  }

  /// The old `/watch/…/{name}` form names the object in the URL.
  private static FieldSelector named(Call call, FieldSelector fields) {
    var name = call.target().name();
    if (name.isEmpty()) return fields;
    var terms = new ArrayList<>(fields.terms());
    terms.add(new FieldSelector.Term("metadata.name", true, name));
    return new FieldSelector(List.copyOf(terms));
  }

  /// The revision at which a list must be read; 0 for now.
  long exactly() {
    if (match == Match.EXACT) return resourceVersion;
    var legacy = match == Match.UNSET && limit > 0 && resourceVersion > 0;
    return legacy ? resourceVersion : 0;
  }

  /// `resourceVersion=0` allows any state, whole.
  int effectiveLimit() {
    return resourceVersion == 0 && match != Match.EXACT ? 0 : limit;
  }
}
