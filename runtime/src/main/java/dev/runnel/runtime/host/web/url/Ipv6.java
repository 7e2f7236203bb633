package dev.runnel.runtime.host.web.url;

import java.util.Optional;

/** IPv6 addresses, section 3.5. */
final class Ipv6 {
  private static final int PIECES = 8;
  private static final int NONE = -1;

  private final String input;
  private int position;
  private final int[] pieces = new int[PIECES];
  private int count;
  private int compress = NONE;

  private Ipv6(String input) {
    this.input = input;
  }

  static Optional<int[]> parse(String input) {
    var parser = new Ipv6(input);
    return parser.parse() ? Optional.of(parser.pieces) : Optional.empty();
  }

  private boolean parse() {
    if (at() == ':') {
      if (at(1) != ':') {
        return false;
      }
      position += 2;
      compress = ++count;
    }
    while (at() != NONE) {
      if (count == PIECES) {
        return false;
      }
      if (at() == ':') {
        if (compress != NONE) {
          return false;
        }
        position++;
        compress = ++count;
      } else if (!parsePiece()) {
        return false;
      } else if (at() == '.') {
        break;
      }
    }
    return at() == '.' ? parseIpv4Tail() && finish() : finish();
  }

  private int pieceStart;

  /**
   * Up to four hexadecimal digits and the colon behind them; stops at a dot, which makes it IPv4.
   */
  private boolean parsePiece() {
    pieceStart = position;
    int value = 0;
    while (position - pieceStart < 4 && isHex(at())) {
      value = value << 4 | Character.digit(at(), 16);
      position++;
    }
    if (at() == '.') {
      return position > pieceStart;
    }
    if (at() == ':') {
      position++;
      if (at() == NONE) {
        return false;
      }
    } else if (at() != NONE) {
      return false;
    }
    pieces[count++] = value;
    return true;
  }

  private boolean parseIpv4Tail() {
    position = pieceStart;
    if (count > PIECES - 2) {
      return false;
    }
    for (int seen = 0; seen < 4; seen++) {
      if (seen > 0) {
        if (at() != '.') {
          return false;
        }
        position++;
      }
      int value = parseDecimalByte();
      if (value == NONE) {
        return false;
      }
      pieces[count] = pieces[count] << 8 | value;
      if (seen % 2 == 1) {
        count++;
      }
    }
    return at() == NONE;
  }

  private int parseDecimalByte() {
    if (!isDigit(at())) {
      return NONE;
    }
    int start = position;
    int value = 0;
    while (isDigit(at())) {
      if (position > start && value == 0) {
        return NONE;
      }
      value = value * 10 + at() - '0';
      if (value > 255) {
        return NONE;
      }
      position++;
    }
    return value;
  }

  /** Moves the pieces behind a {@code ::} to the end. */
  private boolean finish() {
    if (compress == NONE) {
      return count == PIECES;
    }
    int swaps = count - compress;
    for (int i = PIECES - 1; i != 0 && swaps > 0; i--, swaps--) {
      int from = compress + swaps - 1;
      int piece = pieces[from];
      pieces[from] = pieces[i];
      pieces[i] = piece;
    }
    return true;
  }

  private int at() {
    return at(0);
  }

  private int at(int ahead) {
    return position + ahead < input.length() ? input.charAt(position + ahead) : NONE;
  }

  private static boolean isHex(int c) {
    return c >= 0 && c < 0x80 && Character.digit(c, 16) >= 0;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static String serialize(int[] address) {
    int start = NONE;
    int length = 1;
    for (int i = 0; i < PIECES; i++) {
      int run = 0;
      while (i + run < PIECES && address[i + run] == 0) {
        run++;
      }
      if (run > length) {
        start = i;
        length = run;
      }
    }
    var out = new StringBuilder();
    for (int i = 0; i < PIECES; i++) {
      if (i == start) {
        out.append(i == 0 ? "::" : ":");
        i += length - 1;
      } else {
        out.append(Integer.toHexString(address[i]));
        if (i < PIECES - 1) {
          out.append(':');
        }
      }
    }
    return out.toString();
  }
}
