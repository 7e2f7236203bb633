package dev.runnel.runtime.host.web.encoding;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * ISO-2022-JP, section 13.2.1. The mode it is in after a chunk is the chunk's last escape sequence,
 * which the caller puts before the next chunk.
 */
final class Iso2022JpDecoder implements ByteDecoder {
  private static final int ESCAPE = 0x1B;
  private static final Charset EUC_JP = Charset.forName("EUC-JP");

  private enum Mode {
    ASCII,
    ROMAN,
    KATAKANA,
    JIS0208
  }

  @Override
  public int decode(byte[] bytes, int limit, boolean isLast, boolean fatal, StringBuilder out) {
    return new Run(bytes, limit, isLast, fatal, out).decode();
  }

  private static final class Run {
    private final byte[] bytes;
    private final int limit;
    private final boolean isLast;
    private final boolean fatal;
    private final StringBuilder out;
    private Mode mode = Mode.ASCII;
    private int position;
    private boolean hasError;

    /** Whether something came since the last escape sequence; two in a row are an error. */
    private boolean hasOutput = true;

    Run(byte[] bytes, int limit, boolean isLast, boolean fatal, StringBuilder out) {
      this.bytes = bytes;
      this.limit = limit;
      this.isLast = isLast;
      this.fatal = fatal;
      this.out = out;
    }

    int decode() {
      while (position < limit) {
        if (!isLast && isIncomplete()) {
          return limit - position;
        }
        step(bytes[position] & 0xFF);
        if (fatal && hasError) {
          return MALFORMED;
        }
      }
      return 0;
    }

    private boolean isIncomplete() {
      int left = limit - position;
      return bytes[position] == ESCAPE ? left < 3 : mode == Mode.JIS0208 && left < 2;
    }

    private void step(int b) {
      if (b == ESCAPE) {
        escape();
        return;
      }
      position++;
      hasOutput = true;
      switch (mode) {
        case ASCII -> append(isAscii(b) ? b : -1);
        case ROMAN -> append(!isAscii(b) ? -1 : b == 0x5C ? 0xA5 : b == 0x7E ? 0x203E : b);
        case KATAKANA -> append(b >= 0x21 && b <= 0x5F ? 0xFF61 - 0x21 + b : -1);
        case JIS0208 -> jis0208(b);
      }
    }

    private static boolean isAscii(int b) {
      return b <= 0x7F && b != 0x0E && b != 0x0F;
    }

    private void escape() {
      int second = position + 1 < limit ? bytes[position + 1] : -1;
      int third = position + 2 < limit ? bytes[position + 2] : -1;
      Mode next = mode(second, third);
      if (next == null) {
        position++;
        hasOutput = true;
        append(-1);
        return;
      }
      position += 3;
      mode = next;
      if (!hasOutput) {
        append(-1);
      }
      hasOutput = false;
    }

    private static @Nullable Mode mode(int second, int third) {
      if (second == '(') {
        return switch (third) {
          case 'B' -> Mode.ASCII;
          case 'J' -> Mode.ROMAN;
          case 'I' -> Mode.KATAKANA;
          default -> null;
        };
      }
      return second == '$' && (third == '@' || third == 'B') ? Mode.JIS0208 : null;
    }

    private void jis0208(int lead) {
      if (lead < 0x21 || lead > 0x7E) {
        append(-1);
        return;
      }
      if (position == limit) {
        append(-1);
        return;
      }
      int trail = bytes[position] & 0xFF;
      if (trail == ESCAPE) {
        append(-1);
        return;
      }
      position++;
      append(trail >= 0x21 && trail <= 0x7E ? character(lead, trail) : -1);
    }

    /** EUC-JP holds the same set with the high bits set. */
    private static int character(int lead, int trail) {
      String text = new String(new byte[] {(byte) (lead | 0x80), (byte) (trail | 0x80)}, EUC_JP);
      return text.length() == 1 && text.charAt(0) != REPLACEMENT ? text.charAt(0) : -1;
    }

    private void append(int c) {
      hasError |= c < 0;
      out.append(c < 0 ? REPLACEMENT : (char) c);
    }
  }
}
