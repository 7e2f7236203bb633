package dev.runnel.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.runtime.kv.KvStore;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a store has under a key: all that is known of the value, and the value itself when it is
 * small.
 *
 * @param length the value's
 * @param content the value, or where its blocks are
 */
record Entry(KvStore.Facts facts, long length, Content content) {
  /** Longer values lie elsewhere. */
  static final int LONGEST_INLINE = 4096;

  private static final int HEADER_BYTES = 1 + 8 + 8 + 4;
  private static final byte INLINE = 1;
  private static final byte BLOCKS = 2;

  sealed interface Content {
    record Inline(byte[] bytes) implements Content {}

    record Blocks(long id) implements Content {}
  }

  boolean isGone(long nowSeconds) {
    return facts.expiration().isPresent() && facts.expiration().get() <= nowSeconds;
  }

  /** What it counts towards the namespace's limit. */
  long bytes(byte[] key) {
    return key.length
        + length
        + facts.metadata().map(json -> json.getBytes(UTF_8).length).orElse(0);
  }

  byte[] encode() {
    byte[] metadata = facts.metadata().map(json -> json.getBytes(UTF_8)).orElse(new byte[0]);
    int content = content() instanceof Content.Inline(var bytes) ? bytes.length : Long.BYTES;
    ByteBuffer encoded = ByteBuffer.allocate(HEADER_BYTES + metadata.length + content);
    encoded.put(content() instanceof Content.Inline ? INLINE : BLOCKS);
    encoded.putLong(facts.expiration().orElse(0L));
    encoded.putLong(length);
    encoded.putInt(metadata.length);
    encoded.put(metadata);
    switch (content()) {
      case Content.Inline(var bytes) -> encoded.put(bytes);
      case Content.Blocks(var id) -> encoded.putLong(id);
    }
    return encoded.array();
  }

  static Entry decode(byte[] bytes) {
    ByteBuffer encoded = ByteBuffer.wrap(bytes);
    byte kind = encoded.get();
    long expiration = encoded.getLong();
    long length = encoded.getLong();
    byte[] metadata = new byte[encoded.getInt()];
    encoded.get(metadata);
    var facts =
        new KvStore.Facts(
            metadata.length == 0 ? Optional.empty() : Optional.of(new String(metadata, UTF_8)),
            expiration == 0 ? Optional.empty() : Optional.of(expiration));
    return new Entry(facts, length, kind == INLINE ? inline(encoded) : blocks(encoded));
  }

  private static Content inline(ByteBuffer encoded) {
    byte[] value = new byte[encoded.remaining()];
    encoded.get(value);
    return new Content.Inline(value);
  }

  private static Content blocks(ByteBuffer encoded) {
    return new Content.Blocks(encoded.getLong());
  }
}
