package dev.runnel.runtime.host.web.crypto;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;
import javax.crypto.KEM;

/**
 * What {@code crypto.subtle} does with keys; its JavaScript half is {@code js/internal/subtle},
 * which checks what the standard says of names, usages and parameters. {@link KeyFunctions} makes
 * keys.
 *
 * <p>Called on the isolate's thread.
 */
public final class SubtleHost {
  private final CryptoKeys keys;
  private final CryptoWork work;
  private final KeyFunctions keyFunctions;
  private final NodeFunctions nodeFunctions;

  /**
   * @param onKey is told when a key is made: keys can't be in a snapshot
   */
  public SubtleHost(Background background, Runnable onKey) {
    keys = new CryptoKeys();
    work = new CryptoWork(background);
    keyFunctions = new KeyFunctions(keys, work, onKey);
    nodeFunctions = new NodeFunctions(keys, work, onKey);
  }

  public HostModule module() {
    return nodeFunctions
        .addTo(keyFunctions.addTo(HostModule.named("subtle")))
        .function("digest", this::digest)
        .function("sign", this::sign)
        .function("verify", this::verify)
        .function("encryptCbc", this::encryptCbc)
        .function("decryptCbc", this::decryptCbc)
        .function("ctr", this::ctr)
        .function("encryptGcm", this::encryptGcm)
        .function("decryptGcm", this::decryptGcm)
        .function("encryptChaCha", this::encryptChaCha)
        .function("decryptChaCha", this::decryptChaCha)
        .function("wrapAes", this::wrapAes)
        .function("unwrapAes", this::unwrapAes)
        .function("encryptOaep", this::encryptOaep)
        .function("decryptOaep", this::decryptOaep)
        .function("agree", this::agree)
        .function("hkdf", this::hkdf)
        .function("pbkdf2", args -> work.later(args, Derivation.of(args, keys)))
        .function("encapsulate", this::encapsulate)
        .function("decapsulate", this::decapsulate);
  }

  private JsValue digest(Arguments args) {
    Hash hash = Hash.named(args.string(0, "algorithm"));
    return work.on(
        args,
        1,
        data -> {
          var digest = hash.digest();
          digest.update(data);
          return JsValue.of(digest.digest());
        });
  }

  private JsValue sign(Arguments args) {
    Signatures signatures = Signatures.of(args);
    KeyMaterial key = key(args, 2);
    Function<ByteBuffer, JsValue> signing = data -> JsValue.of(signatures.sign(key, data));
    return isSlow(key) ? work.elsewhere(args, 3, signing) : work.on(args, 3, signing);
  }

  private JsValue verify(Arguments args) {
    Signatures signatures = Signatures.of(args);
    KeyMaterial key = key(args, 2);
    byte[] signed = args.copyOfBytes(5, "signature");
    return work.on(args, 3, data -> JsValue.of(signatures.verify(key, signed, data)));
  }

  /** RSA with a private key takes milliseconds. */
  private static boolean isSlow(KeyMaterial key) {
    return key instanceof KeyMaterial.Private(var family, _, _, _) && family == RsaFamily.RSA;
  }

  private JsValue encryptCbc(Arguments args) {
    byte[] key = secret(args);
    byte[] iv = args.copyOfBytes(2, "iv");
    return work.on(args, 1, data -> JsValue.of(Aes.encryptCbc(key, iv, data)));
  }

  private JsValue decryptCbc(Arguments args) {
    byte[] key = secret(args);
    byte[] iv = args.copyOfBytes(2, "iv");
    return work.on(args, 1, data -> JsValue.of(Aes.decryptCbc(key, iv, data)));
  }

  private JsValue ctr(Arguments args) {
    byte[] key = secret(args);
    byte[] counter = args.copyOfBytes(2, "counter");
    int bits = args.integer(3, "length", 1, 128);
    return work.on(args, 1, data -> JsValue.of(Aes.ctr(key, counter, bits, data)));
  }

  private JsValue encryptGcm(Arguments args) {
    byte[] key = secret(args);
    Aes.Aead aead = aead(args);
    return work.on(args, 1, data -> JsValue.of(Aes.encryptGcm(key, aead, data)));
  }

  private JsValue decryptGcm(Arguments args) {
    byte[] key = secret(args);
    Aes.Aead aead = aead(args);
    return work.on(args, 1, data -> JsValue.of(Aes.decryptGcm(key, aead, data)));
  }

  private JsValue encryptChaCha(Arguments args) {
    byte[] key = secret(args);
    Aes.Aead aead = aead(args);
    return work.on(args, 1, data -> JsValue.of(Aes.encryptChaCha(key, aead, data)));
  }

  private JsValue decryptChaCha(Arguments args) {
    byte[] key = secret(args);
    Aes.Aead aead = aead(args);
    return work.on(args, 1, data -> JsValue.of(Aes.decryptChaCha(key, aead, data)));
  }

  private static Aes.Aead aead(Arguments args) {
    return new Aes.Aead(
        args.copyOfBytes(2, "iv"),
        args.copyOfBytes(3, "additionalData"),
        args.integer(4, "tagLength", 32, 128));
  }

  private JsValue wrapAes(Arguments args) {
    byte[] key = secret(args);
    return work.on(args, 1, data -> JsValue.of(Aes.wrap(key, data)));
  }

  private JsValue unwrapAes(Arguments args) {
    byte[] key = secret(args);
    return work.on(args, 1, data -> JsValue.of(Aes.unwrap(key, data)));
  }

  private JsValue encryptOaep(Arguments args) {
    KeyMaterial key = key(args, 0);
    Hash hash = Hash.named(args.string(2, "hash"));
    byte[] label = args.copyOfBytes(3, "label");
    return work.on(args, 1, data -> JsValue.of(RsaOaep.encrypt(key, hash, label, data)));
  }

  private JsValue decryptOaep(Arguments args) {
    KeyMaterial key = key(args, 0);
    Hash hash = Hash.named(args.string(2, "hash"));
    byte[] label = args.copyOfBytes(3, "label");
    return work.elsewhere(args, 1, data -> JsValue.of(RsaOaep.decrypt(key, hash, label, data)));
  }

  private JsValue agree(Arguments args) {
    KeyMaterial.Private ours = CryptoKeys.privateKey(key(args, 0));
    return JsValue.of(SharedSecrets.agree(ours, CryptoKeys.publicKey(key(args, 1))));
  }

  private JsValue hkdf(Arguments args) {
    Hash hash = Hash.named(args.string(0, "hash"));
    byte[] secret = keys.secret(id(args, 1));
    byte[] salt = args.copyOfBytes(2, "salt");
    byte[] info = args.copyOfBytes(3, "info");
    int length = args.integer(4, "length", 0, 255 * hash.bytes());
    return JsValue.of(Hmac.hkdf(hash, secret, salt, info, length));
  }

  /** The secret's 32 bytes, then what the other side is sent. */
  private JsValue encapsulate(Arguments args) {
    KEM.Encapsulated made = SharedSecrets.encapsulate(CryptoKeys.publicKey(key(args, 0)));
    byte[] secret = made.key().getEncoded();
    byte[] sent = made.encapsulation();
    byte[] both = Arrays.copyOf(secret, secret.length + sent.length);
    System.arraycopy(sent, 0, both, secret.length, sent.length);
    return JsValue.of(both);
  }

  private JsValue decapsulate(Arguments args) {
    KeyMaterial.Private key = CryptoKeys.privateKey(key(args, 0));
    return JsValue.of(SharedSecrets.decapsulate(key, args.copyOfBytes(1, "ciphertext")));
  }

  private byte[] secret(Arguments args) {
    return keys.secret(id(args, 0));
  }

  private KeyMaterial key(Arguments args, int index) {
    return keys.get(id(args, index));
  }

  static int id(Arguments args, int index) {
    return args.integer(index, "key", 1, Integer.MAX_VALUE);
  }
}
