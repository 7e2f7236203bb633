package dev.runnel.runtime.host.web.html;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/** Text that comes in pieces which may end inside of a character: that one waits for the rest. */
final class TextDecoder {
  private static final byte[] NOTHING = {};

  private final CharsetDecoder decoder;
  private byte[] rest = NOTHING;
  private byte[] raw = NOTHING;

  TextDecoder(Charset charset) {
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  /** What the bytes stand for, with what was left of those before. */
  String decode(byte[] bytes, int from, int to) {
    ByteBuffer input = ByteBuffer.allocate(rest.length + to - from);
    input.put(rest).put(bytes, from, to - from).flip();
    CharBuffer text = output(input.remaining());
    decoder.decode(input, text, false);
    raw = new byte[input.position()];
    input.get(0, raw);
    rest = new byte[input.remaining()];
    input.get(rest);
    return text.flip().toString();
  }

  /** The text is over. */
  String finish() {
    CharBuffer text = output(rest.length);
    decoder.decode(ByteBuffer.wrap(rest), text, true);
    decoder.flush(text);
    decoder.reset();
    raw = rest;
    rest = NOTHING;
    return text.flip().toString();
  }

  private CharBuffer output(int bytes) {
    return CharBuffer.allocate((int) Math.ceil(bytes * (double) decoder.maxCharsPerByte()) + 4);
  }

  /** The bytes of what was decoded last. */
  void writeTo(ByteArrayOutputStream out) {
    out.writeBytes(raw);
  }
}
