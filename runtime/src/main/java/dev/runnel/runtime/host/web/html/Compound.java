package dev.runnel.runtime.host.web.html;

import java.util.List;
import java.util.Optional;

/** Conditions on one element, all of which must hold: {@code a.b[c]:not(.d)}. */
record Compound(Optional<String> tag, List<Condition> conditions) {

  /** What a selector may ask of an element. */
  interface Subject {
    /** In lower case. */
    String name();

    /** As it stands in the document, of the first attribute with that lower-case name. */
    Optional<String> attribute(String name);

    /** Its place among its parent's elements, from 1. */
    int place();

    /** Its place among those of its name. */
    int placeOfName();
  }

  sealed interface Condition {}

  record HasAttribute(String name) implements Condition {}

  record AttributeIs(String name, Operator operator, String value, boolean ignoresCase)
      implements Condition {
    boolean accepts(String actual) {
      return ignoresCase
          ? Compound.accepts(operator, lower(actual), lower(value))
          : Compound.accepts(operator, actual, value);
    }
  }

  /** {@code an + b}, of all or of the same name. */
  record Nth(int step, int offset, boolean ofName) implements Condition {
    boolean accepts(int place) {
      int distance = place - offset;
      return step == 0 ? distance == 0 : distance % step == 0 && distance / step >= 0;
    }
  }

  record Not(List<Compound> none) implements Condition {}

  enum Operator {
    EQUAL,
    /** One of the words. */
    WORD,
    PREFIX,
    SUFFIX,
    INFIX,
    /** The value, or the value and a hyphen before more. */
    LANGUAGE
  }

  Compound {
    conditions = List.copyOf(conditions);
  }

  boolean matches(Subject element) {
    return (tag.isEmpty() || tag.get().equals(element.name()))
        && conditions.stream().allMatch(condition -> holds(condition, element));
  }

  /** Whether places among those of the same name are asked for. */
  boolean countsNames() {
    return conditions.stream()
        .anyMatch(
            condition ->
                switch (condition) {
                  case Nth nth -> nth.ofName;
                  case Not not -> not.none.stream().anyMatch(Compound::countsNames);
                  case HasAttribute _, AttributeIs _ -> false;
                });
  }

  private static boolean holds(Condition condition, Subject element) {
    return switch (condition) {
      case HasAttribute(String name) -> element.attribute(name).isPresent();
      case AttributeIs is -> element.attribute(is.name).filter(is::accepts).isPresent();
      case Nth nth -> nth.accepts(nth.ofName ? element.placeOfName() : element.place());
      case Not(List<Compound> none) -> none.stream().noneMatch(one -> one.matches(element));
    };
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }

  private static String lower(String text) {
    StringBuilder lowered = new StringBuilder(text);
    for (int i = 0; i < lowered.length(); i++) {
      char c = lowered.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lowered.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lowered.toString();
  }

  private static boolean accepts(Operator operator, String actual, String value) {
    return switch (operator) {
      case EQUAL -> actual.equals(value);
      case WORD -> hasWord(actual, value);
      case PREFIX -> !value.isEmpty() && actual.startsWith(value);
      case SUFFIX -> !value.isEmpty() && actual.endsWith(value);
      case INFIX -> !value.isEmpty() && actual.contains(value);
      case LANGUAGE -> actual.equals(value) || actual.startsWith(value + "-");
    };
  }

  private static boolean hasWord(String actual, String word) {
    if (word.isEmpty() || word.chars().anyMatch(Compound::isSpace)) {
      return false;
    }
    for (int at = actual.indexOf(word); at >= 0; at = actual.indexOf(word, at + 1)) {
      int after = at + word.length();
      if ((at == 0 || isSpace(actual.charAt(at - 1)))
          && (after == actual.length() || isSpace(actual.charAt(after)))) {
        return true;
      }
    }
    return false;
  }
}
