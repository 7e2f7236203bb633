package dev.runnel.runtime.host.node;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.nio.ByteBuffer;

/**
 * Backs {@code node:buffer} and {@code node:string_decoder}: everything that would be a loop over
 * bytes or characters in JavaScript. Its JavaScript half is {@code js/internal/buffer/}.
 *
 * <p>Stateless. Every function is linear in its arguments' size.
 */
public final class BufferHost {
  private static final int MAX_INDEX = Integer.MAX_VALUE;

  public HostModule module() {
    return HostModule.named("buffer")
        .function("encode", args -> JsValue.of(encoding(args, 1).encode(args.string(0, "text"))))
        .function("write", BufferHost::write)
        .function(
            "decode", args -> JsValue.of(encoding(args, 1).decode(args.bytes(0, "bytes").slice())))
        .function(
            "byteLength", args -> JsValue.of(encoding(args, 1).byteLength(args.string(0, "text"))))
        .function("compare", BufferHost::compare)
        .function("indexOf", BufferHost::indexOf)
        .function("isUtf8", args -> JsValue.of(Utf8Text.isValid(args.bytes(0, "bytes").slice())))
        .function("isAscii", args -> JsValue.of(Utf8Text.isAscii(args.bytes(0, "bytes").slice())));
  }

  private static BufferEncoding encoding(Arguments args, int index) {
    return BufferEncoding.named(args.string(index, "encoding"));
  }

  private static JsValue write(Arguments args) {
    ByteBuffer target = args.bytes(2, "target").slice();
    byte[] whole = encoding(args, 1).encodeAtMost(args.string(0, "text"), target.remaining());
    target.put(whole);
    return JsValue.of(whole.length);
  }

  private static JsValue compare(Arguments args) {
    ByteBuffer a = args.bytes(0, "a").slice();
    ByteBuffer b = args.bytes(1, "b").slice();
    int mismatch = a.mismatch(b);
    if (mismatch < 0) {
      return JsValue.of(0);
    }
    if (mismatch == Math.min(a.limit(), b.limit())) {
      return JsValue.of(Integer.signum(a.limit() - b.limit()));
    }
    return JsValue.of(Integer.signum(Byte.compareUnsigned(a.get(mismatch), b.get(mismatch))));
  }

  private static JsValue indexOf(Arguments args) {
    ByteBuffer haystack = args.bytes(0, "haystack").slice();
    ByteSearch search =
        new ByteSearch(args.copyOfBytes(1, "needle"), args.integer(4, "step", 1, 2));
    int from = args.integer(2, "from", 0, MAX_INDEX);
    int found =
        args.bool(3, "forward") ? search.first(haystack, from) : search.last(haystack, from);
    return JsValue.of(found);
  }
}
