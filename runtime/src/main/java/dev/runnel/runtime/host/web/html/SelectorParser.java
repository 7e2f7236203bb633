package dev.runnel.runtime.host.web.html;

import dev.runnel.runtime.host.web.html.Compound.AttributeIs;
import dev.runnel.runtime.host.web.html.Compound.Condition;
import dev.runnel.runtime.host.web.html.Compound.HasAttribute;
import dev.runnel.runtime.host.web.html.Compound.Not;
import dev.runnel.runtime.host.web.html.Compound.Nth;
import dev.runnel.runtime.host.web.html.Compound.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads selectors (Selectors Level 4) as far as they can be matched on start tags alone, without
 * what follows and what stood beside an element.
 */
final class SelectorParser {
  private static final int MAX_LENGTH = 10_000;
  private static final int END = -1;
  private static final int DECIMAL = 10;
  private static final int MAX_DIGITS = 9;

  private final String text;
  private int at;

  private SelectorParser(String text) {
    this.text = text;
  }

  /** A list of alternatives. */
  static List<Selector> parse(String text) throws RewriteException {
    if (text.length() > MAX_LENGTH) {
      throw new RewriteException(
          "A selector of %d characters is longer than the limit of %d."
              .formatted(text.length(), MAX_LENGTH));
    }
    return new SelectorParser(text).list();
  }

  private List<Selector> list() throws RewriteException {
    List<Selector> selectors = new ArrayList<>();
    do {
      selectors.add(selector());
    } while (take(','));
    if (peek() != END) {
      throw unexpected();
    }
    return selectors;
  }

  private Selector selector() throws RewriteException {
    List<Selector.Step> steps = new ArrayList<>();
    skipSpace();
    steps.add(new Selector.Step(Selector.Relation.ANYWHERE, compound()));
    while (true) {
      boolean spaced = skipSpace();
      int c = peek();
      if (c == END || c == ',') {
        return new Selector(steps);
      }
      Selector.Relation relation = Selector.Relation.DESCENDANT;
      if (c == '>') {
        at++;
        skipSpace();
        relation = Selector.Relation.CHILD;
      } else if (c == '+' || c == '~' || !spaced) {
        throw unsupported("the combinator", Character.toString(c));
      }
      steps.add(new Selector.Step(relation, compound()));
    }
  }

  private Compound compound() throws RewriteException {
    Optional<String> tag = Optional.empty();
    List<Condition> conditions = new ArrayList<>();
    int from = at;
    if (!take('*') && isNameStart(peek())) {
      tag = Optional.of(name().toLowerCase(Locale.ROOT));
    }
    while (true) {
      if (take('.')) {
        conditions.add(new AttributeIs("class", Operator.WORD, name(), false));
      } else if (take('#')) {
        conditions.add(new AttributeIs("id", Operator.EQUAL, name(), false));
      } else if (take('[')) {
        conditions.add(attribute());
      } else if (take(':')) {
        conditions.add(pseudoClass());
      } else if (at == from) {
        throw unexpected();
      } else {
        return new Compound(tag, conditions);
      }
    }
  }

  private Condition attribute() throws RewriteException {
    skipSpace();
    String name = name().toLowerCase(Locale.ROOT);
    skipSpace();
    if (take(']')) {
      return new HasAttribute(name);
    }
    Operator operator = operator();
    skipSpace();
    String value = peek() == '"' || peek() == '\'' ? string() : name();
    skipSpace();
    boolean ignoresCase = take('i') || take('I');
    if (!ignoresCase && !take('s')) {
      take('S');
    }
    skipSpace();
    expect(']');
    return new AttributeIs(name, operator, value, ignoresCase);
  }

  private Operator operator() throws RewriteException {
    if (take('=')) {
      return Operator.EQUAL;
    }
    Operator operator =
        switch (peek()) {
          case '~' -> Operator.WORD;
          case '^' -> Operator.PREFIX;
          case '$' -> Operator.SUFFIX;
          case '*' -> Operator.INFIX;
          case '|' -> Operator.LANGUAGE;
          default -> throw unexpected();
        };
    at++;
    expect('=');
    return operator;
  }

  private Condition pseudoClass() throws RewriteException {
    if (peek() == ':') {
      throw unsupported("pseudo-elements, such as", text.substring(at - 1));
    }
    String name = name().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "first-child" -> new Nth(0, 1, false);
      case "first-of-type" -> new Nth(0, 1, true);
      case "nth-child" -> nth(false);
      case "nth-of-type" -> nth(true);
      case "not" -> not();
      default -> throw unsupported("the pseudo-class", ":" + name);
    };
  }

  private Condition not() throws RewriteException {
    expect('(');
    List<Compound> none = new ArrayList<>();
    do {
      skipSpace();
      none.add(compound());
      skipSpace();
    } while (take(','));
    expect(')');
    return new Not(none);
  }

  /** https://drafts.csswg.org/css-syntax-3/#anb-microsyntax */
  private Condition nth(boolean ofName) throws RewriteException {
    expect('(');
    int close = text.indexOf(')', at);
    if (close < 0) {
      throw unexpected();
    }
    String formula = text.substring(at, close).strip().toLowerCase(Locale.ROOT);
    Nth nth =
        switch (formula) {
          case "odd" -> new Nth(2, 1, ofName);
          case "even" -> new Nth(2, 0, ofName);
          default -> formula(formula, ofName);
        };
    at = close + 1;
    return nth;
  }

  private Nth formula(String formula, boolean ofName) throws RewriteException {
    int n = formula.indexOf('n');
    if (n < 0) {
      return new Nth(0, integer(formula), ofName);
    }
    String step = formula.substring(0, n);
    String offset = formula.substring(n + 1).replace(" ", "");
    return new Nth(
        switch (step) {
          case "", "+" -> 1;
          case "-" -> -1;
          default -> integer(step);
        },
        offset.isEmpty() ? 0 : integer(offset),
        ofName);
  }

  private int integer(String digits) throws RewriteException {
    boolean isSigned = digits.startsWith("+") || digits.startsWith("-");
    String magnitude = isSigned ? digits.substring(1) : digits;
    boolean isNumber =
        !magnitude.isEmpty()
            && magnitude.length() <= MAX_DIGITS
            && magnitude.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!isNumber) {
      throw unexpected();
    }
    int value = Integer.parseInt(magnitude, DECIMAL);
    return digits.startsWith("-") ? -value : value;
  }

  // ---- Words ----

  private String name() throws RewriteException {
    StringBuilder name = new StringBuilder();
    while (isNameStart(peek()) || peek() >= '0' && peek() <= '9') {
      name.append(peek() == '\\' ? escaped() : Character.toString(text.charAt(at++)));
    }
    if (name.isEmpty()) {
      throw unexpected();
    }
    return name.toString();
  }

  private static boolean isNameStart(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c == '_'
        || c == '-'
        || c == '\\'
        || c >= 0x80;
  }

  private String string() throws RewriteException {
    int quote = text.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (peek() != quote) {
      if (peek() == END) {
        throw unexpected();
      }
      value.append(peek() == '\\' ? escaped() : Character.toString(text.charAt(at++)));
    }
    at++;
    return value.toString();
  }

  private String escaped() throws RewriteException {
    at++;
    int from = at;
    while (at - from < 6 && Character.digit(Math.max(peek(), 0), 16) >= 0) {
      at++;
    }
    if (at == from) {
      if (peek() == END) {
        throw unexpected();
      }
      return Character.toString(text.charAt(at++));
    }
    int code = Integer.parseInt(text.substring(from, at), 16);
    if (peek() == ' ') {
      at++;
    }
    return Character.isValidCodePoint(code) && code > 0 ? Character.toString(code) : "\uFFFD";
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private boolean take(char c) {
    boolean isThere = peek() == c;
    if (isThere) {
      at++;
    }
    return isThere;
  }

  private void expect(char c) throws RewriteException {
    if (!take(c)) {
      throw unexpected();
    }
  }

  private boolean skipSpace() {
    int from = at;
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r' || peek() == '\f') {
      at++;
    }
    return at > from;
  }

  private RewriteException unexpected() {
    return new RewriteException(
        at < text.length()
            ? "The selector \"%s\" makes no sense from \"%s\" on."
                .formatted(text, text.substring(at))
            : "The selector \"%s\" ends too early.".formatted(text));
  }

  private RewriteException unsupported(String what, String which) {
    return new RewriteException(
        "The selector \"%s\" uses %s %s, which can't be matched while a document streams."
            .formatted(text, what, which));
  }
}
