package dev.runnel.runtime.host.web.crypto;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.JsValue;
import java.util.concurrent.Callable;

/** One run of PBKDF2, with its limits. */
record Derivation(Hash hash, byte[] password, byte[] salt, int iterations, int length)
    implements Callable<JsValue> {
  static final int MAX_BYTES = 1 << 20;

  /** Of all blocks of the output together: some seconds of one processor. */
  private static final int MAX_ITERATIONS = 10_000_000;

  private static final long MAX_UNSIGNED_LONG = 0xFFFF_FFFFL;

  static Derivation of(Arguments args, CryptoKeys keys) {
    Hash hash = Hash.named(args.string(0, "hash"));
    long iterations = args.wholeNumber(3, "iterations", 1, MAX_UNSIGNED_LONG);
    int length = args.integer(4, "length", 0, MAX_BYTES);
    int blocks = (length + hash.bytes() - 1) / hash.bytes();
    if (iterations * blocks > MAX_ITERATIONS) {
      throw HostError.dom(
          "OperationError",
          "PBKDF2 with %d iterations for each of %d blocks is above the limit of %d.",
          iterations,
          blocks,
          MAX_ITERATIONS);
    }
    byte[] password = keys.secret(SubtleHost.id(args, 1));
    return new Derivation(hash, password, args.copyOfBytes(2, "salt"), (int) iterations, length);
  }

  @Override
  public JsValue call() throws Exception {
    return JsValue.of(Hmac.pbkdf2(hash, password, salt, iterations, length));
  }
}
