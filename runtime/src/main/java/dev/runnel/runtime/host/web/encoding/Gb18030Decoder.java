package dev.runnel.runtime.host.web.encoding;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/**
 * gb18030 and GBK, section 10.2.1: they share a decoder, which knows four bytes and the euro sign.
 */
final class Gb18030Decoder extends MultiByteDecoder {
  private static final byte EURO = (byte) 0x80;

  /**
   * Characters that GB 18030-2022 took out of the private use area; Java keeps the old four bytes.
   */
  private static final String PRIVATE =
      "\uE81E\uE826\uE82B\uE82C\uE832\uE843\uE854\uE864"
          + "\uE78D\uE78E\uE78F\uE790\uE791\uE792\uE793\uE794\uE795\uE796";

  private static final String PUBLIC =
      "\u9FB4\u9FB5\u9FB6\u9FB7\u9FB8\u9FB9\u9FBA\u9FBB"
          + "\uFE10\uFE12\uFE11\uFE13\uFE14\uFE15\uFE16\uFE17\uFE18\uFE19";

  Gb18030Decoder() {
    super("GB18030", b -> b >= 0x81 && b <= 0xFE);
  }

  @Override
  void append(CharBuffer decoded, StringBuilder out) {
    for (int i = decoded.position(); i < decoded.limit(); i++) {
      char c = decoded.get(i);
      int index = c >= 0xE78D && c <= 0xE864 ? PRIVATE.indexOf(c) : -1;
      out.append(index < 0 ? c : PUBLIC.charAt(index));
    }
  }

  @Override
  boolean recover(ByteBuffer in, boolean fatal, StringBuilder out) {
    if (in.get(in.position()) != EURO) {
      return super.recover(in, fatal, out);
    }
    in.get();
    out.append('\u20AC');
    return true;
  }

  /** Four bytes of the right form are one error, and so is their beginning at the end. */
  @Override
  int errorLength(ByteBuffer in) {
    int start = in.position();
    int length = 0;
    while (length < Math.min(4, in.remaining())
        && (length % 2 == 0 ? isLead(in.get(start + length)) : isDigit(in.get(start + length)))) {
      length++;
    }
    boolean isCutOff = length == in.remaining() && length > 1;
    return length == 4 || isCutOff ? length : super.errorLength(in);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
