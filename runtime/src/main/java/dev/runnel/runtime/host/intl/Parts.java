package dev.runnel.runtime.host.intl;

import com.google.gson.JsonArray;
import com.ibm.icu.text.ConstrainedFieldPosition;
import com.ibm.icu.text.FormattedValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A formatted text cut into pieces by its fields. Fields may lie in one another, as a grouping
 * separator lies in an integer; a piece belongs to the innermost.
 */
final class Parts {
  private static final String LITERAL = "literal";

  /** A field or, with a source, one side of a range. */
  record Field(String name, int start, int limit) {}

  /**
   * Names a field for {@code formatToParts}; nothing when it isn't a part there. The text is the
   * field's own.
   */
  interface Naming {
    Optional<String> name(ConstrainedFieldPosition position, String text);
  }

  private String text;
  private final List<Field> fields = new ArrayList<>();
  private final List<Field> spans = new ArrayList<>();
  private boolean joinsNeighbours;

  private Parts(String text) {
    this.text = text;
  }

  /**
   * The spans say which side of a range a piece belongs to, as {@code startRange} or {@code
   * endRange}.
   */
  static Parts of(FormattedValue value, Naming fieldNames, Naming spanNames) {
    Parts parts = new Parts(value.toString());
    ConstrainedFieldPosition position = new ConstrainedFieldPosition();
    while (value.nextPosition(position)) {
      int start = position.getStart();
      int limit = position.getLimit();
      String text = parts.text.substring(start, limit);
      Optional<String> span = spanNames.name(position, text);
      if (span.isPresent()) {
        parts.spans.add(new Field(span.get(), start, limit));
      } else {
        fieldNames.name(position, text).ifPresent(name -> parts.add(name, start, limit));
      }
    }
    return parts;
  }

  static Parts of(FormattedValue value, Naming fieldNames) {
    return of(value, fieldNames, (_, _) -> Optional.empty());
  }

  static Parts literal(String text) {
    return new Parts(text);
  }

  void add(String name, int start, int limit) {
    if (start < limit) {
      fields.add(new Field(name, start, limit));
    }
  }

  Parts replacing(char found, char replacement) {
    text = text.replace(found, replacement);
    return this;
  }

  /**
   * Makes neighbours of one name one piece: ICU for Java gives fields of number ranges letter by
   * letter.
   */
  Parts joined() {
    joinsNeighbours = true;
    return this;
  }

  boolean hasSpans() {
    return !spans.isEmpty();
  }

  /** {@code [type, value, type, value, …]} as JSON. */
  String toJson() {
    return json(false);
  }

  /**
   * {@code [type, value, source, …]} as JSON; the source of a piece in no span is {@code shared}.
   */
  String toJsonWithSources() {
    return json(true);
  }

  private String json(boolean withSources) {
    JsonArray pieces = new JsonArray();
    int[] owners = owners();
    for (int start = 0; start < text.length(); ) {
      int limit = start + 1;
      while (limit < text.length() && isSame(owners[limit - 1], owners[limit], limit)) {
        limit++;
      }
      pieces.add(owners[start] < 0 ? LITERAL : fields.get(owners[start]).name());
      pieces.add(text.substring(start, limit));
      if (withSources) {
        pieces.add(source(start, limit));
      }
      start = limit;
    }
    return pieces.toString();
  }

  /** For each character the index of its innermost field, or -1. */
  private int[] owners() {
    fields.sort(
        Comparator.comparingInt(Field::start)
            .thenComparing(Comparator.comparingInt(Field::limit).reversed()));
    int[] owners = new int[text.length()];
    Arrays.fill(owners, -1);
    for (int i = 0; i < fields.size(); i++) {
      Arrays.fill(owners, fields.get(i).start(), fields.get(i).limit(), i);
    }
    return owners;
  }

  private boolean isSame(int owner, int next, int index) {
    return owner == next
        || (joinsNeighbours
            && owner >= 0
            && next >= 0
            && areOne(owner, next)
            && !startsSpan(index));
  }

  private boolean areOne(int owner, int next) {
    Field field = fields.get(owner);
    Field following = fields.get(next);
    return field.limit() == following.start() && field.name().equals(following.name());
  }

  private boolean startsSpan(int index) {
    return spans.stream().anyMatch(span -> span.start() == index || span.limit() == index);
  }

  private String source(int start, int limit) {
    return spans.stream()
        .filter(span -> span.start() <= start && limit <= span.limit())
        .map(Field::name)
        .findFirst()
        .orElse("shared");
  }
}
