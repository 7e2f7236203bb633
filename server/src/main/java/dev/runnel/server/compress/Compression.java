package dev.runnel.server.compress;

import dev.runnel.codec.CodecMemory;
import dev.runnel.codec.CodecMemoryException;
import dev.runnel.codec.brotli.BrotliEncoder;
import dev.runnel.codec.zstd.ZstdEncoder;
import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.QuotedQualityCSV;

/** Which answers are compressed, and how. One for a server; safe for use by many threads. */
public final class Compression {
  /** Shorter bodies get longer. */
  private static final int WORTH_IT = 256;

  private static final Set<String> TYPES =
      Set.of(
          "application/javascript",
          "application/json",
          "application/manifest+json",
          "application/wasm",
          "application/x-ndjson",
          "application/xml",
          "font/otf",
          "font/ttf",
          "image/bmp",
          "image/svg+xml");

  /** Ours, the ones that we had rather use first. */
  private static final List<String> CODINGS = List.of("br", "zstd", "gzip");

  private static final int BROTLI_QUALITY = 4;

  /** Of Brotli and Zstandard: 256 KB. */
  private static final int WINDOW_BITS = 18;

  private static final Map<Integer, Integer> ZSTD_PARAMETERS =
      Map.of(ZstdEncoder.COMPRESSION_LEVEL, 3, ZstdEncoder.WINDOW_LOG, WINDOW_BITS);

  private final CodecMemory memory;

  /**
   * @param bytes of memory for all Brotli and Zstandard streams together; when they are used up,
   *     gzip takes their place
   */
  public Compression(long bytes) {
    memory = new CodecMemory(bytes);
  }

  /** A sink that compresses for a client, unless it takes none of our codings. */
  public Optional<CompressingSink> before(ResponseSink sink, String method, List<Header> headers) {
    List<String> accepted = method.equals("HEAD") ? List.of() : accepted(headers);
    return accepted.isEmpty()
        ? Optional.empty()
        : Optional.of(new CompressingSink(sink, this, accepted));
  }

  /** Those of ours that the client takes, ours first where it has no preference. */
  private static List<String> accepted(List<Header> headers) {
    QuotedQualityCSV codings = new QuotedQualityCSV(Compression::preference);
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase("accept-encoding")) {
        codings.addValue(header.value());
      }
    }
    return codings.getValues().stream()
        .map(coding -> coding.toLowerCase(Locale.ROOT))
        .filter(CODINGS::contains)
        .toList();
  }

  private static int preference(String coding) {
    return CODINGS.size() - CODINGS.indexOf(coding.toLowerCase(Locale.ROOT));
  }

  /** What an answer is coded with, under its name; empty when there is room for none. */
  Optional<Map.Entry<String, Encoder>> encoder(List<String> accepted) {
    for (String coding : accepted) {
      try {
        return Optional.of(Map.entry(coding, encoder(coding)));
      } catch (CodecMemoryException full) {
        // Another one may need less.
      }
    }
    return Optional.empty();
  }

  private Encoder encoder(String coding) {
    return switch (coding) {
      case "br" -> new CodecBody(BrotliEncoder.open(memory, BROTLI_QUALITY, WINDOW_BITS));
      case "zstd" -> new CodecBody(ZstdEncoder.open(memory, ZSTD_PARAMETERS));
      default -> new GzipEncoder();
    };
  }

  static boolean isWorthIt(ResponseHead head) {
    if (head.status() < 200
        || head.status() == 204
        || head.status() == 206
        || head.status() == 304) {
      return false;
    }
    String type = value(head, "content-type").orElse("").toLowerCase(Locale.ROOT);
    int end = type.indexOf(';');
    String essence = (end < 0 ? type : type.substring(0, end)).strip();
    boolean compressible =
        essence.startsWith("text/")
            || essence.endsWith("+json")
            || essence.endsWith("+xml")
            || TYPES.contains(essence);
    return compressible
        && value(head, "content-encoding").isEmpty()
        && value(head, "content-range").isEmpty()
        && !value(head, "cache-control").orElse("").contains("no-transform")
        && value(head, "content-length").map(Compression::isLong).orElse(true);
  }

  private static boolean isLong(String length) {
    return length.length() > 3 || Integer.parseInt(length) >= WORTH_IT;
  }

  private static Optional<String> value(ResponseHead head, String name) {
    return head.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }
}
