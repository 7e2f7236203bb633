package dev.runnel.runtime.host.web;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/** Backs {@code crypto}; its JavaScript half is {@code js/web/crypto.js}. */
public final class CryptoHost {
  private final SecureRandom random;
  private final Runnable onRead;

  /**
   * @param onRead is told each time: what a program draws while it starts must not be shared by the
   *     isolates that are made from its snapshot
   */
  public CryptoHost(SecureRandom random, Runnable onRead) {
    this.random = random;
    this.onRead = onRead;
  }

  public HostModule module() {
    return HostModule.named("crypto")
        .function("fillRandom", this::fillRandom)
        .function("randomUUID", _ -> JsValue.of(randomUuid().toString()));
  }

  private JsValue fillRandom(Arguments args) {
    onRead.run();
    ByteBuffer window = args.bytes(0, "bytes");
    byte[] fresh = new byte[window.remaining()];
    random.nextBytes(fresh);
    window.duplicate().put(fresh);
    return JsValue.UNDEFINED;
  }

  /** RFC 9562, version 4. */
  private UUID randomUuid() {
    onRead.run();
    long high = random.nextLong() & ~0xF000L | 0x4000L;
    long low = random.nextLong() & ~(0xC0L << 56) | 0x80L << 56;
    return new UUID(high, low);
  }
}
