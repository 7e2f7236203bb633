package dev.runnel.runtime.host.web;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.exchange.Utf8;
import dev.runnel.runtime.host.web.encoding.Encodings;
import java.nio.ByteBuffer;

/**
 * Backs {@code TextEncoder} and {@code TextDecoder}; its JavaScript half is {@code
 * js/web/encoding.js}.
 */
public final class EncodingHost {
  private static final int FATAL = 1;
  private static final int KEEP_BOM = 2;

  private static final char REPLACEMENT = '\uFFFD';

  /** In one number with what was read, no more than this can be written. */
  private static final int PACKED = 1 << 26;

  /** Up to here a loop takes no longer than the encoder that goes over ASCII in great steps. */
  private static final int SHORT = 256;

  public HostModule module() {
    return HostModule.named("encoding")
        .function("encode", EncodingHost::encode)
        .function("encodeInto", EncodingHost::encodeInto)
        .function("encodingOf", EncodingHost::encodingOf)
        .function("decode", EncodingHost::decode)
        .function("incompleteTail", EncodingHost::incompleteTail);
  }

  private static JsValue encode(Arguments args) {
    return JsValue.of(Utf8.encode(args.string(0, "text")));
  }

  private static JsValue encodeInto(Arguments args) {
    String text = args.string(0, "text");
    ByteBuffer target = args.bytes(1, "target");
    if (text.length() > SHORT && text.length() <= Math.min(target.remaining(), PACKED / 4)) {
      ByteBuffer bytes = Utf8.encodeToBuffer(text);
      int written = bytes.remaining();
      if (written <= target.remaining()) {
        target.put(bytes);
        return pack(text.length(), written);
      }
    }
    return encodeWhatFits(text, target);
  }

  /** React's most frequent call: no copy, no allocation but the result. */
  private static JsValue encodeWhatFits(String text, ByteBuffer target) {
    int start = target.position();
    int limit = start + Math.min(target.remaining(), PACKED - 1);
    int at = start;
    int read = 0;
    while (read < text.length()) {
      char c = text.charAt(read);
      if (c < 0x80) {
        if (at == limit) {
          break;
        }
        target.put(at++, (byte) c);
        read++;
        continue;
      }
      int codePoint = text.codePointAt(read);
      int length = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      if (at + length > limit) {
        break;
      }
      put(target, at, isLoneSurrogate(codePoint) ? 0xFFFD : codePoint, length);
      at += length;
      read += length == 4 ? 2 : 1;
    }
    return pack(read, at - start);
  }

  /** encoding.js unpacks it: a small result in an int, which the guest takes apart fastest. */
  private static JsValue pack(int read, int written) {
    return JsValue.of(
        read <= Short.MAX_VALUE && written <= 0xFFFF
            ? (double) (read << 16 | written)
            : -((double) read * PACKED + written));
  }

  private static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static void put(ByteBuffer target, int at, int codePoint, int length) {
    int rest = codePoint;
    for (int i = length - 1; i > 0; i--) {
      target.put(at + i, (byte) (0x80 | rest & 0x3F));
      rest >>= 6;
    }
    target.put(at, (byte) (0xF0 << (4 - length) | rest));
  }

  private static JsValue encodingOf(Arguments args) {
    return Encodings.nameOf(args.string(0, "label")).map(JsValue::of).orElse(JsValue.UNDEFINED);
  }

  private static JsValue decode(Arguments args) {
    String encoding = encoding(args);
    int flags = args.integer(2, "flags", 0, FATAL | KEEP_BOM);
    boolean fatal = (flags & FATAL) != 0;
    boolean keepBom = (flags & KEEP_BOM) != 0;
    if (encoding.equals("utf-8")) {
      String text = decodeUtf8(args, keepBom);
      if (!fatal || text.indexOf(REPLACEMENT) < 0) {
        return JsValue.of(text);
      }
    }
    String text =
        Encodings.decode(encoding, args.copyOfBytes(1, "bytes"), fatal, keepBom)
            .orElseThrow(
                () ->
                    HostError.type(
                        "ERR_ENCODING_INVALID_ENCODED_DATA",
                        "The encoded data was not valid for encoding %s",
                        encoding));
    return JsValue.of(text);
  }

  private static String decodeUtf8(Arguments args, boolean keepBom) {
    ByteBuffer window = args.bytes(1, "bytes");
    if (window.hasArray()) {
      int offset = window.arrayOffset() + window.position();
      return Encodings.decodeUtf8(window.array(), offset, window.remaining(), keepBom);
    }
    byte[] bytes = args.copyOfBytes(1, "bytes");
    return Encodings.decodeUtf8(bytes, 0, bytes.length, keepBom);
  }

  private static JsValue incompleteTail(Arguments args) {
    return JsValue.of(Encodings.incompleteTail(encoding(args), args.copyOfBytes(1, "bytes")));
  }

  private static String encoding(Arguments args) {
    String name = args.string(0, "encoding");
    if (Encodings.nameOf(name).filter(name::equals).isEmpty()) {
      throw HostError.range("ERR_ENCODING_NOT_SUPPORTED", "No encoding is called %s.", name);
    }
    return name;
  }
}
