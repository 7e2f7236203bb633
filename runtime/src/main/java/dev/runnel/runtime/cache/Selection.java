package dev.runnel.runtime.cache;

import dev.runnel.runtime.http.Header;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What of a response that is at hand answers a request: all of it, one range (RFC 9110, section
 * 14), or the word that the client has it already (section 13).
 */
public sealed interface Selection {
  record Whole() implements Selection {}

  record NotModified() implements Selection {}

  record Range(long from, long length) implements Selection {}

  record Unsatisfiable() implements Selection {}

  static Selection of(List<Header> request, List<Header> response, long length) {
    if (isKnown(request, response)) {
      return new NotModified();
    }
    Optional<String> range = Freshness.value(request, "range");
    if (range.isEmpty() || !mayBeRange(request, response)) {
      return new Whole();
    }
    return range(range.get().strip().toLowerCase(Locale.ROOT), length);
  }

  private static boolean isKnown(List<Header> request, List<Header> response) {
    Optional<String> tags = Freshness.value(request, "if-none-match");
    if (tags.isPresent()) {
      String own = opaque(Freshness.value(response, "etag").orElse(""));
      return tags.get().strip().equals("*")
          || List.of(tags.get().split(",")).stream()
              .anyMatch(tag -> !own.isEmpty() && opaque(tag.strip()).equals(own));
    }
    Optional<Instant> since =
        Freshness.value(request, "if-modified-since").flatMap(Freshness::instant);
    Optional<Instant> modified =
        Freshness.value(response, "last-modified").flatMap(Freshness::instant);
    return since.isPresent() && modified.isPresent() && !modified.get().isAfter(since.get());
  }

  /** An entity tag as weak comparison sees it. */
  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }

  /** If-Range: a strong tag or a date that is still the response's. */
  private static boolean mayBeRange(List<Header> request, List<Header> response) {
    Optional<String> condition = Freshness.value(request, "if-range");
    return condition.isEmpty()
        || condition.equals(Freshness.value(response, "etag")) && !condition.get().startsWith("W/")
        || condition.equals(Freshness.value(response, "last-modified"));
  }

  /** What is no single range of bytes is as good as none. */
  private static Selection range(String text, long length) {
    int dash = text.indexOf('-');
    if (!text.startsWith("bytes=") || dash < 0) {
      return new Whole();
    }
    long first = number(text.substring("bytes=".length(), dash).strip());
    long last = number(text.substring(dash + 1).strip());
    if (first == WRONG || last == WRONG || first == NONE && last == NONE) {
      return new Whole();
    }
    if (first == NONE) {
      long count = Math.min(last, length);
      return count == 0 ? new Unsatisfiable() : new Range(length - count, count);
    }
    if (last != NONE && last < first) {
      return new Whole();
    }
    if (first >= length) {
      return new Unsatisfiable();
    }
    long end = last == NONE ? length - 1 : Math.min(last, length - 1);
    return new Range(first, end - first + 1);
  }

  long NONE = -1;
  long WRONG = -2;

  private static long number(String digits) {
    if (digits.isEmpty()) {
      return NONE;
    }
    boolean isNumber = digits.length() <= 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Long.parseLong(digits) : WRONG;
  }
}
