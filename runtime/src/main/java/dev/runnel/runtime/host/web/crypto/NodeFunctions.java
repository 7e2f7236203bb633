package dev.runnel.runtime.host.web.crypto;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;

/**
 * What {@code node:crypto} does with the same keys: the same operations while the caller waits,
 * since half of Node's functions are synchronous, and scrypt.
 *
 * <p>Called on the isolate's thread.
 */
final class NodeFunctions {
  /** A run's memory is the JVM's, not the isolate's. */
  private static final long MAX_SCRYPT_MEMORY =
      Math.min(128L << 20, Runtime.getRuntime().maxMemory() / 8);

  /** Some seconds of one processor. */
  private static final long MAX_SCRYPT_WORK = 1L << 26;

  private final CryptoKeys keys;
  private final CryptoWork work;
  private final Runnable onKey;

  NodeFunctions(CryptoKeys keys, CryptoWork work, Runnable onKey) {
    this.keys = keys;
    this.work = work;
    this.onKey = onKey;
  }

  HostModule addTo(HostModule module) {
    return module
        .function("importEncoded", this::importEncoded)
        .function("familyOf", this::familyOf)
        .function("generateRsaNow", this::generateRsaNow)
        .function("signNow", this::signNow)
        .function("verifyNow", this::verifyNow)
        .function("decryptOaepNow", this::decryptOaepNow)
        .function("pbkdf2Now", args -> now(Derivation.of(args, keys)))
        .function("scrypt", args -> work.later(args, scrypted(args)))
        .function("scryptNow", args -> now(scrypted(args)));
  }

  private JsValue importEncoded(Arguments args) {
    onKey.run();
    byte[] der = args.copyOfBytes(1, "keyData");
    return JsValue.of(keys.add(EncodedKeys.decode(args.string(0, "format"), der)));
  }

  private JsValue familyOf(Arguments args) {
    return JsValue.of(CryptoKeys.publicKey(key(args, 0)).family().label());
  }

  private JsValue generateRsaNow(Arguments args) {
    onKey.run();
    return JsValue.of(keys.add(RsaFamily.RSA.generate(KeyFunctions.rsaSize(args))));
  }

  private JsValue signNow(Arguments args) {
    ByteBuffer data = args.bytes(3, "data").slice();
    return JsValue.of(Signatures.of(args).sign(key(args, 2), data));
  }

  private JsValue verifyNow(Arguments args) {
    ByteBuffer data = args.bytes(3, "data").slice();
    byte[] signed = args.copyOfBytes(5, "signature");
    return JsValue.of(Signatures.of(args).verify(key(args, 2), signed, data));
  }

  private JsValue decryptOaepNow(Arguments args) {
    Hash hash = Hash.named(args.string(2, "hash"));
    ByteBuffer data = args.bytes(1, "data").slice();
    return JsValue.of(RsaOaep.decrypt(key(args, 0), hash, args.copyOfBytes(3, "label"), data));
  }

  private Callable<JsValue> scrypted(Arguments args) {
    byte[] password = args.copyOfBytes(0, "password");
    byte[] salt = args.copyOfBytes(1, "salt");
    var parameters =
        new Scrypt.Parameters(
            args.integer(2, "N", 2, 1 << 30),
            args.integer(3, "r", 1, 1 << 16),
            args.integer(4, "p", 1, 1 << 16));
    int length = args.integer(5, "keylen", 0, Derivation.MAX_BYTES);
    if (parameters.memory() > MAX_SCRYPT_MEMORY || parameters.work() > MAX_SCRYPT_WORK) {
      throw HostError.range(
          "ERR_CRYPTO_INVALID_SCRYPT_PARAMS",
          "Invalid scrypt params: %s is above the limit of %d bytes and %d blocks of 64 bytes.",
          parameters,
          MAX_SCRYPT_MEMORY,
          MAX_SCRYPT_WORK);
    }
    return () -> JsValue.of(Scrypt.derive(password, salt, parameters, length));
  }

  private static JsValue now(Callable<JsValue> work) {
    try {
      return work.call();
    } catch (HostError refused) {
      throw refused;
    } catch (Exception e) {
      throw new IllegalStateException("A derivation failed unexpectedly.", e);
    }
  }

  private KeyMaterial key(Arguments args, int index) {
    return keys.get(SubtleHost.id(args, index));
  }
}
