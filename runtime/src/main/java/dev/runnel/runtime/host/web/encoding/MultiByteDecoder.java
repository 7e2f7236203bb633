package dev.runnel.runtime.host.web.encoding;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.util.function.IntPredicate;

/**
 * The East Asian encodings of one to four bytes, on Java's charsets. Where a sequence is invalid
 * the standard's rule decides what is skipped: an ASCII byte behind a lead byte is read again on
 * its own, any other one is gone with it.
 */
class MultiByteDecoder implements ByteDecoder {
  private final Charset charset;
  private final IntPredicate isLead;

  MultiByteDecoder(String charset, IntPredicate isLead) {
    this.charset = Charset.forName(charset);
    this.isLead = isLead;
  }

  static MultiByteDecoder big5() {
    return new MultiByteDecoder("Big5-HKSCS", b -> b >= 0x81 && b <= 0xFE);
  }

  static MultiByteDecoder eucJp() {
    return new MultiByteDecoder("EUC-JP", b -> b == 0x8E || b == 0x8F || b >= 0xA1 && b <= 0xFE);
  }

  static MultiByteDecoder shiftJis() {
    return new MultiByteDecoder(
        "windows-31j", b -> b >= 0x81 && b <= 0x9F || b >= 0xE0 && b <= 0xFC);
  }

  static MultiByteDecoder eucKr() {
    return new MultiByteDecoder("x-windows-949", b -> b >= 0x81 && b <= 0xFE);
  }

  @Override
  public int decode(byte[] bytes, int limit, boolean isLast, boolean fatal, StringBuilder out) {
    var in = ByteBuffer.wrap(bytes, 0, limit);
    var chars = CharBuffer.allocate(Math.max(16, Math.min(limit, 8192)));
    var decoder = charset.newDecoder();
    for (; ; ) {
      CoderResult result = decoder.decode(in, chars, isLast);
      append(chars.flip(), out);
      chars.clear();
      if (result.isUnderflow()) {
        return in.remaining();
      }
      if (result.isError() && !recover(in, fatal, out)) {
        return MALFORMED;
      }
      decoder.reset();
    }
  }

  /** For a charset whose characters differ here and there. */
  void append(CharBuffer decoded, StringBuilder out) {
    out.append(decoded);
  }

  /** Passes over invalid bytes; false when that is not allowed. */
  boolean recover(ByteBuffer in, boolean fatal, StringBuilder out) {
    out.append(REPLACEMENT);
    in.position(in.position() + errorLength(in));
    return !fatal;
  }

  int errorLength(ByteBuffer in) {
    int start = in.position();
    return in.remaining() > 1 && isLead(in.get(start)) && in.get(start + 1) < 0 ? 2 : 1;
  }

  final boolean isLead(byte b) {
    return isLead.test(b & 0xFF);
  }
}
