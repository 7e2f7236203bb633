package dev.runnel.v8;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.values.V8Value;
import com.caoccao.javet.values.reference.V8ValueArrayBuffer;
import com.caoccao.javet.values.reference.V8ValueObject;
import java.nio.ByteBuffer;

/**
 * Memory of an isolate in which the guest's half of the boundary leaves texts as UTF-8. A string
 * that crosses by itself is copied three times, character by character, which takes longer by far.
 */
final class TextRoom {
  /** What lets V8's WebAssembly read strings. */
  static final String FLAG = "--experimental-wasm-stringref";

  private static final String SOURCE = Boundary.source("text_room.js");

  private final V8Value encode;
  private final V8ValueArrayBuffer buffer;
  private final ByteBuffer bytes;

  /** Must be made before a program runs in the context. */
  TextRoom(V8Runtime runtime) throws JavetException {
    try (V8ValueObject made =
        runtime.getExecutor(SOURCE).setResourceName(Boundary.NAME).execute()) {
      encode = made.get("encode");
      buffer = made.get("buffer");
    }
    bytes = buffer.getByteBuffer();
  }

  /** The function (text, offset) that writes a text there, and returns how many bytes it took. */
  V8Value encode() {
    return encode;
  }

  int size() {
    return bytes.capacity();
  }

  String read(int offset, int length) {
    byte[] text = new byte[length];
    bytes.get(offset, text);
    return new String(text, UTF_8);
  }
}
