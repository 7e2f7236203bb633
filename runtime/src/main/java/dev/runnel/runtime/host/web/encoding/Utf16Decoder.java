package dev.runnel.runtime.host.web.encoding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** UTF-16; a lone surrogate is an error. */
final class Utf16Decoder implements ByteDecoder {
  private final ByteOrder order;

  Utf16Decoder(ByteOrder order) {
    this.order = order;
  }

  @Override
  public int decode(byte[] bytes, int limit, boolean isLast, boolean fatal, StringBuilder out) {
    var units = ByteBuffer.wrap(bytes, 0, limit).order(order);
    boolean hasError = false;
    while (units.remaining() >= 2) {
      char unit = units.getChar();
      if (!Character.isSurrogate(unit)) {
        out.append(unit);
      } else if (Character.isHighSurrogate(unit) && units.remaining() < 2 && !isLast) {
        return units.remaining() + 2;
      } else if (isLowNext(unit, units)) {
        out.append(unit).append(units.getChar());
      } else {
        hasError = true;
        out.append(REPLACEMENT);
        if (Character.isHighSurrogate(unit) && units.remaining() == 1) {
          units.get(); // The half unit belongs to the same error.
        }
      }
    }
    if (isLast && units.hasRemaining()) {
      hasError = true;
      out.append(REPLACEMENT);
      return fatal ? MALFORMED : 0;
    }
    return fatal && hasError ? MALFORMED : units.remaining();
  }

  private static boolean isLowNext(char unit, ByteBuffer units) {
    return Character.isHighSurrogate(unit)
        && units.remaining() >= 2
        && Character.isLowSurrogate(units.getChar(units.position()));
  }
}
