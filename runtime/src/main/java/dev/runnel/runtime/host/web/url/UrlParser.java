package dev.runnel.runtime.host.web.url;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The basic URL parser, section 4.4: one method per state, with the state's own name. A state
 * override makes it a setter that changes one part of an existing URL.
 */
final class UrlParser {

  enum State {
    SCHEME_START,
    SCHEME,
    NO_SCHEME,
    SPECIAL_RELATIVE_OR_AUTHORITY,
    PATH_OR_AUTHORITY,
    RELATIVE,
    RELATIVE_SLASH,
    SPECIAL_AUTHORITY_SLASHES,
    SPECIAL_AUTHORITY_IGNORE_SLASHES,
    AUTHORITY,
    HOST,
    HOSTNAME,
    PORT,
    FILE,
    FILE_SLASH,
    FILE_HOST,
    PATH_START,
    PATH,
    OPAQUE_PATH,
    QUERY,
    FRAGMENT
  }

  /** What a state says about the rest. */
  private enum Outcome {
    CONTINUE,
    /** A setter has done its work. */
    DONE,
    FAILURE
  }

  private static final int END = -1;

  private final String input;
  private final @Nullable Url base;
  private final @Nullable State override;
  private final Url url;

  private State state;
  private int pointer;
  private final StringBuilder buffer = new StringBuilder();
  private boolean atSignSeen;
  private boolean insideBrackets;
  private boolean passwordTokenSeen;

  private UrlParser(String input, @Nullable Url base, Url url, @Nullable State override) {
    this.input = input;
    this.base = base;
    this.url = url;
    this.override = override;
    this.state = override == null ? State.SCHEME_START : override;
  }

  static Optional<Url> parse(String input, @Nullable Url base) {
    var parser = new UrlParser(withoutLineBreaks(trimmed(input)), base, new Url(), null);
    return parser.run() == Outcome.FAILURE ? Optional.empty() : Optional.of(parser.url);
  }

  /**
   * Changes a part of the URL; on failure it may have been changed in part, as the standard says.
   */
  static void set(Url url, String value, State override) {
    var _ = new UrlParser(withoutLineBreaks(value), null, url, override).run();
  }

  private static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) <= ' ') {
      start++;
    }
    while (end > start && text.charAt(end - 1) <= ' ') {
      end--;
    }
    return text.substring(start, end);
  }

  private static String withoutLineBreaks(String text) {
    boolean has = text.chars().anyMatch(c -> c == '\t' || c == '\n' || c == '\r');
    return has ? text.replaceAll("[\t\n\r]", "") : text;
  }

  private Outcome run() {
    for (; ; pointer += Character.charCount(Math.max(current(), 0))) {
      int c = current();
      Outcome outcome = step(c);
      if (outcome != Outcome.CONTINUE) {
        return outcome;
      }
      // A state may have moved the pointer back to read the end again.
      if (c == END && pointer >= input.length()) {
        return Outcome.DONE;
      }
    }
  }

  private Outcome step(int c) {
    return switch (state) {
      case SCHEME_START -> schemeStart(c);
      case SCHEME -> scheme(c);
      case NO_SCHEME -> noScheme(c);
      case SPECIAL_RELATIVE_OR_AUTHORITY -> specialRelativeOrAuthority(c);
      case PATH_OR_AUTHORITY -> pathOrAuthority(c);
      case RELATIVE -> relative(c);
      case RELATIVE_SLASH -> relativeSlash(c);
      case SPECIAL_AUTHORITY_SLASHES -> specialAuthoritySlashes(c);
      case SPECIAL_AUTHORITY_IGNORE_SLASHES -> specialAuthorityIgnoreSlashes(c);
      case AUTHORITY -> authority(c);
      case HOST, HOSTNAME -> host(c);
      case PORT -> port(c);
      case FILE -> file(c);
      case FILE_SLASH -> fileSlash(c);
      case FILE_HOST -> fileHost(c);
      case PATH_START -> pathStart(c);
      case PATH -> path(c);
      case OPAQUE_PATH -> opaquePath(c);
      case QUERY -> query(c);
      case FRAGMENT -> fragment(c);
    };
  }

  private Outcome schemeStart(int c) {
    if (isAlpha(c)) {
      buffer.append((char) (c | 0x20));
      return to(State.SCHEME);
    }
    if (override != null) {
      return Outcome.FAILURE;
    }
    return again(State.NO_SCHEME);
  }

  private Outcome scheme(int c) {
    if (isAlpha(c)) {
      buffer.append((char) (c | 0x20));
      return Outcome.CONTINUE;
    }
    if (isDigit(c) || c == '+' || c == '-' || c == '.') {
      buffer.append((char) c);
      return Outcome.CONTINUE;
    }
    if (c == ':') {
      return override != null ? schemeSet() : schemeFound();
    }
    if (override != null) {
      return Outcome.FAILURE;
    }
    buffer.setLength(0);
    pointer = 0;
    return again(State.NO_SCHEME);
  }

  private Outcome schemeSet() {
    String scheme = buffer.toString();
    boolean mayChange =
        url.isSpecial() == Url.isSpecial(scheme)
            && !((url.hasCredentials() || url.port != Url.NO_PORT) && scheme.equals("file"))
            && !(url.isFile() && "".equals(url.host));
    if (mayChange) {
      url.scheme = scheme;
      if (url.port == Url.defaultPort(scheme)) {
        url.port = Url.NO_PORT;
      }
    }
    return Outcome.DONE;
  }

  private Outcome schemeFound() {
    url.scheme = buffer.toString();
    buffer.setLength(0);
    if (url.isFile()) {
      return to(State.FILE);
    }
    if (url.isSpecial()) {
      boolean sameAsBase = base != null && base.scheme.equals(url.scheme);
      return to(sameAsBase ? State.SPECIAL_RELATIVE_OR_AUTHORITY : State.SPECIAL_AUTHORITY_SLASHES);
    }
    if (remainingStartsWith("/")) {
      pointer++;
      return to(State.PATH_OR_AUTHORITY);
    }
    url.opaquePath = "";
    return to(State.OPAQUE_PATH);
  }

  private Outcome noScheme(int c) {
    if (base == null || base.opaquePath != null && c != '#') {
      return Outcome.FAILURE;
    }
    if (base.opaquePath != null) {
      url.scheme = base.scheme;
      url.copyPathFrom(base);
      url.query = base.query;
      return startFragment();
    }
    return again(base.isFile() ? State.FILE : State.RELATIVE);
  }

  private Outcome specialRelativeOrAuthority(int c) {
    if (c == '/' && remainingStartsWith("/")) {
      pointer++;
      return to(State.SPECIAL_AUTHORITY_IGNORE_SLASHES);
    }
    return again(State.RELATIVE);
  }

  private Outcome pathOrAuthority(int c) {
    return c == '/' ? to(State.AUTHORITY) : again(State.PATH);
  }

  private Outcome relative(int c) {
    Url from = base();
    url.scheme = from.scheme;
    if (c == '/' || url.isSpecial() && c == '\\') {
      return to(State.RELATIVE_SLASH);
    }
    url.copyAuthorityFrom(from);
    url.copyPathFrom(from);
    url.query = from.query;
    return afterInherited(c);
  }

  /** The part of "relative" and "file" that decides how much of the base remains. */
  private Outcome afterInherited(int c) {
    if (c == '?') {
      return startQuery();
    }
    if (c == '#') {
      return startFragment();
    }
    if (c != END) {
      url.query = null;
      url.shortenPath();
      return again(State.PATH);
    }
    return Outcome.CONTINUE;
  }

  private Outcome relativeSlash(int c) {
    if (url.isSpecial() && (c == '/' || c == '\\')) {
      return to(State.SPECIAL_AUTHORITY_IGNORE_SLASHES);
    }
    if (c == '/') {
      return to(State.AUTHORITY);
    }
    url.copyAuthorityFrom(base());
    return again(State.PATH);
  }

  private Outcome specialAuthoritySlashes(int c) {
    if (c == '/' && remainingStartsWith("/")) {
      pointer++;
      return to(State.SPECIAL_AUTHORITY_IGNORE_SLASHES);
    }
    return again(State.SPECIAL_AUTHORITY_IGNORE_SLASHES);
  }

  private Outcome specialAuthorityIgnoreSlashes(int c) {
    return c == '/' || c == '\\' ? Outcome.CONTINUE : again(State.AUTHORITY);
  }

  private Outcome authority(int c) {
    if (c == '@') {
      takeCredentials();
      return Outcome.CONTINUE;
    }
    if (endsAuthority(c)) {
      if (atSignSeen && buffer.isEmpty()) {
        return Outcome.FAILURE;
      }
      pointer -= buffer.length();
      buffer.setLength(0);
      return again(State.HOST);
    }
    buffer.appendCodePoint(c);
    return Outcome.CONTINUE;
  }

  private void takeCredentials() {
    String text = atSignSeen ? "%40" + buffer : buffer.toString();
    atSignSeen = true;
    var username = new StringBuilder(url.username);
    var password = new StringBuilder(url.password);
    text.codePoints()
        .forEach(
            c -> {
              if (c == ':' && !passwordTokenSeen) {
                passwordTokenSeen = true;
              } else {
                PercentEncoding.append(
                    passwordTokenSeen ? password : username, c, PercentEncoding.Set.USERINFO);
              }
            });
    url.username = username.toString();
    url.password = password.toString();
    buffer.setLength(0);
  }

  private Outcome host(int c) {
    if (override != null && url.isFile()) {
      return again(State.FILE_HOST);
    }
    if (c == ':' && !insideBrackets) {
      if (buffer.isEmpty()) {
        return Outcome.FAILURE;
      }
      if (override == State.HOSTNAME) {
        return Outcome.FAILURE;
      }
      return takeHost() ? to(State.PORT) : Outcome.FAILURE;
    }
    if (endsAuthority(c)) {
      return endOfHost();
    }
    insideBrackets = c == '[' || insideBrackets && c != ']';
    buffer.appendCodePoint(c);
    return Outcome.CONTINUE;
  }

  private Outcome endOfHost() {
    if (url.isSpecial() && buffer.isEmpty()) {
      return Outcome.FAILURE;
    }
    if (override != null && buffer.isEmpty() && (url.hasCredentials() || url.port != Url.NO_PORT)) {
      return Outcome.FAILURE;
    }
    if (!takeHost()) {
      return Outcome.FAILURE;
    }
    return override != null ? Outcome.DONE : again(State.PATH_START);
  }

  private boolean takeHost() {
    var host = HostParser.parse(buffer.toString(), !url.isSpecial());
    host.ifPresent(text -> url.host = text);
    buffer.setLength(0);
    return host.isPresent();
  }

  private Outcome port(int c) {
    if (isDigit(c)) {
      buffer.append((char) c);
      return Outcome.CONTINUE;
    }
    if (!endsAuthority(c) && override == null) {
      return Outcome.FAILURE;
    }
    if (!buffer.isEmpty()) {
      if (!takePort()) {
        return Outcome.FAILURE;
      }
      if (override != null) {
        return Outcome.DONE;
      }
    }
    return override != null ? Outcome.FAILURE : again(State.PATH_START);
  }

  private boolean takePort() {
    int number = 0;
    for (int i = 0; i < buffer.length(); i++) {
      number = number * 10 + buffer.charAt(i) - '0';
      if (number > 65_535) {
        return false;
      }
    }
    url.port = number == Url.defaultPort(url.scheme) ? Url.NO_PORT : number;
    buffer.setLength(0);
    return true;
  }

  private Outcome file(int c) {
    url.scheme = "file";
    url.host = "";
    if (c == '/' || c == '\\') {
      return to(State.FILE_SLASH);
    }
    if (base == null || !base.isFile()) {
      return again(State.PATH);
    }
    url.host = base.host;
    url.copyPathFrom(base);
    url.query = base.query;
    if (c != END && c != '?' && c != '#' && WindowsDrive.startsAt(input, pointer)) {
      url.query = null;
      url.path.clear();
      return again(State.PATH);
    }
    return afterInherited(c);
  }

  private Outcome fileSlash(int c) {
    if (c == '/' || c == '\\') {
      return to(State.FILE_HOST);
    }
    if (base != null && base.isFile()) {
      url.host = base.host;
      boolean keepsDrive =
          !WindowsDrive.startsAt(input, pointer)
              && !base.path.isEmpty()
              && WindowsDrive.isNormalized(base.path.getFirst());
      if (keepsDrive) {
        url.path.add(base.path.getFirst());
      }
    }
    return again(State.PATH);
  }

  private Outcome fileHost(int c) {
    if (c != END && "/\\?#".indexOf(c) < 0) {
      buffer.appendCodePoint(c);
      return Outcome.CONTINUE;
    }
    if (override == null && WindowsDrive.isLetter(buffer.toString())) {
      // It stays in the buffer: the path begins with it.
      return again(State.PATH);
    }
    if (buffer.isEmpty()) {
      url.host = "";
      return override != null ? Outcome.DONE : again(State.PATH_START);
    }
    if (!takeHost()) {
      return Outcome.FAILURE;
    }
    if ("localhost".equals(url.host)) {
      url.host = "";
    }
    return override != null ? Outcome.DONE : again(State.PATH_START);
  }

  private Outcome pathStart(int c) {
    if (url.isSpecial()) {
      return c == '/' || c == '\\' ? to(State.PATH) : again(State.PATH);
    }
    if (override == null && c == '?') {
      return startQuery();
    }
    if (override == null && c == '#') {
      return startFragment();
    }
    if (c != END) {
      return c == '/' ? to(State.PATH) : again(State.PATH);
    }
    if (override != null && url.host == null) {
      url.path.add("");
    }
    return Outcome.CONTINUE;
  }

  private Outcome path(int c) {
    boolean isSlash = c == '/' || url.isSpecial() && c == '\\';
    boolean endsPath = override == null && (c == '?' || c == '#');
    if (c != END && !isSlash && !endsPath) {
      PercentEncoding.append(buffer, c, PercentEncoding.Set.PATH);
      return Outcome.CONTINUE;
    }
    addSegment(buffer.toString(), isSlash);
    buffer.setLength(0);
    if (c == '?') {
      return override == null ? startQuery() : Outcome.CONTINUE;
    }
    return c == '#' && override == null ? startFragment() : Outcome.CONTINUE;
  }

  private void addSegment(String segment, boolean isSlash) {
    if (isDoubleDot(segment)) {
      url.shortenPath();
      if (!isSlash) {
        url.path.add("");
      }
    } else if (isSingleDot(segment)) {
      if (!isSlash) {
        url.path.add("");
      }
    } else {
      boolean isDrive = url.isFile() && url.path.isEmpty() && WindowsDrive.isLetter(segment);
      url.path.add(isDrive ? segment.charAt(0) + ":" : segment);
    }
  }

  private Outcome opaquePath(int c) {
    if (c == '?') {
      return startQuery();
    }
    if (c == '#') {
      return startFragment();
    }
    if (c != END) {
      PercentEncoding.append(buffer, c, PercentEncoding.Set.C0_CONTROL);
      boolean spaceEndsIt = c == ' ' && (remainingStartsWith("?") || remainingStartsWith("#"));
      if (spaceEndsIt) {
        buffer.setLength(buffer.length() - 1);
        buffer.append("%20");
      }
    }
    if (c == END || remainingStartsWith("?") || remainingStartsWith("#")) {
      url.opaquePath += buffer;
      buffer.setLength(0);
    }
    return Outcome.CONTINUE;
  }

  private Outcome query(int c) {
    if (c == '#' && override == null) {
      url.query += buffer;
      buffer.setLength(0);
      return startFragment();
    }
    if (c != END) {
      var set = url.isSpecial() ? PercentEncoding.Set.SPECIAL_QUERY : PercentEncoding.Set.QUERY;
      PercentEncoding.append(buffer, c, set);
      return Outcome.CONTINUE;
    }
    url.query += buffer;
    buffer.setLength(0);
    return Outcome.CONTINUE;
  }

  private Outcome fragment(int c) {
    if (c != END) {
      PercentEncoding.append(buffer, c, PercentEncoding.Set.FRAGMENT);
    } else {
      url.fragment += buffer;
    }
    return Outcome.CONTINUE;
  }

  private Outcome startQuery() {
    url.query = "";
    return to(State.QUERY);
  }

  private Outcome startFragment() {
    url.fragment = "";
    return to(State.FRAGMENT);
  }

  private Outcome to(State next) {
    state = next;
    return Outcome.CONTINUE;
  }

  /** Another state reads the present character as well. */
  private Outcome again(State next) {
    state = next;
    return step(current());
  }

  private boolean endsAuthority(int c) {
    return c == END || c == '/' || c == '?' || c == '#' || url.isSpecial() && c == '\\';
  }

  private int current() {
    return pointer < input.length() ? input.codePointAt(pointer) : END;
  }

  private boolean remainingStartsWith(String text) {
    return input.startsWith(text, pointer + 1);
  }

  private Url base() {
    if (base == null) {
      throw new IllegalStateException("Only a URL with a base gets to the state " + state);
    }
    return base;
  }

  private static boolean isSingleDot(String segment) {
    return segment.equals(".") || segment.equalsIgnoreCase("%2e");
  }

  private static boolean isDoubleDot(String segment) {
    return segment.equals("..")
        || segment.equalsIgnoreCase(".%2e")
        || segment.equalsIgnoreCase("%2e.")
        || segment.equalsIgnoreCase("%2e%2e");
  }

  private static boolean isAlpha(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
