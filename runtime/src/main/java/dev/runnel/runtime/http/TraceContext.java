package dev.runnel.runtime.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a trace something happens, as {@code traceparent} says it.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 of them
 * @param sampled whether somebody keeps it
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">Trace Context</a>
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {
  public static final String HEADER = "traceparent";

  private static final int LONGEST = 256;
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  /** Empty when it says nothing that can be understood. */
  public static Optional<TraceContext> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches() || matcher.group(1).equals("00") && matcher.group(5) != null) {
      return Optional.empty();
    }
    boolean sampled = (Integer.parseInt(matcher.group(4), 16) & 1) != 0;
    return Optional.of(new TraceContext(matcher.group(2), matcher.group(3), sampled));
  }

  /** The one among these headers; empty when there is none, or more than one. */
  public static Optional<TraceContext> in(List<Header> headers) {
    List<Header> all =
        headers.stream().filter(header -> header.name().equalsIgnoreCase(HEADER)).toList();
    return all.size() == 1 ? parse(all.getFirst().value()) : Optional.empty();
  }

  /** The first of a new trace, which is kept. */
  public static TraceContext root() {
    return new TraceContext(hex(true) + hex(false), hex(true), true);
  }

  /** Another span of the same trace. */
  public TraceContext child() {
    return new TraceContext(traceId, hex(true), sampled);
  }

  /** Ids tell things apart and are no secret. */
  private static String hex(boolean isWhole) {
    long bits = ThreadLocalRandom.current().nextLong();
    return "%016x".formatted(isWhole && bits == 0 ? 1 : bits);
  }

  /** Those headers, with this one in the place of any other. */
  public List<Header> among(List<Header> headers) {
    List<Header> changed = new ArrayList<>(headers);
    changed.removeIf(header -> header.name().equalsIgnoreCase(HEADER));
    changed.add(new Header(HEADER, toString()));
    return changed;
  }

  /** The header's value. */
  @Override
  public String toString() {
    return "00-%s-%s-%s".formatted(traceId, spanId, sampled ? "01" : "00");
  }
}
