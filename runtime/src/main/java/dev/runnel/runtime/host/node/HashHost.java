package dev.runnel.runtime.host.node;

import com.google.gson.Gson;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.exchange.Utf8;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Backs {@code node:crypto}: hashes, HMAC and random bytes, by the JDK's own algorithms.
 *
 * <p>Confined to the isolate's thread.
 */
public final class HashHost {
  private static final int MAX_OPEN = 100_000;
  private static final int MAX_RANDOM = 64 << 20;
  private static final int HMAC_EMPTY_KEY_BYTES = 1;

  /** OpenSSL's names and Java's. */
  private static final Map<String, String> ALGORITHMS = algorithms();

  private sealed interface Running {
    void update(ByteBuffer bytes);

    byte[] finish();
  }

  private record Hash(MessageDigest digest) implements Running {
    @Override
    public void update(ByteBuffer bytes) {
      digest.update(bytes);
    }

    @Override
    public byte[] finish() {
      return digest.digest();
    }
  }

  private record Authenticator(Mac mac) implements Running {
    @Override
    public void update(ByteBuffer bytes) {
      mac.update(bytes);
    }

    @Override
    public byte[] finish() {
      return mac.doFinal();
    }
  }

  private final SecureRandom random = new SecureRandom();
  private final Map<Integer, Running> open = new HashMap<>();
  private int nextId = 1;

  public HostModule module() {
    return HostModule.named("hash")
        .function("hashes", _ -> JsValue.of(new Gson().toJson(ALGORITHMS.keySet())))
        .function("open", this::open)
        .function("update", this::update)
        .function("updateText", this::updateText)
        .function("copy", this::copy)
        .function("digest", this::digest)
        .function("close", this::close)
        .function("random", this::random)
        .function("equal", HashHost::equal);
  }

  private static Map<String, String> algorithms() {
    var names = new LinkedHashMap<String, String>();
    names.put("md5", "MD5");
    names.put("sha1", "SHA-1");
    names.put("sha224", "SHA-224");
    names.put("sha256", "SHA-256");
    names.put("sha384", "SHA-384");
    names.put("sha512", "SHA-512");
    names.put("sha512-224", "SHA-512/224");
    names.put("sha512-256", "SHA-512/256");
    names.put("sha3-224", "SHA3-224");
    names.put("sha3-256", "SHA3-256");
    names.put("sha3-384", "SHA3-384");
    names.put("sha3-512", "SHA3-512");
    return names;
  }

  private static String javaName(String algorithm) {
    String lower = algorithm.toLowerCase(Locale.ROOT);
    String name = ALGORITHMS.get(lower.startsWith("rsa-") ? lower.substring(4) : lower);
    if (name == null) {
      name = ALGORITHMS.get(lower.replaceFirst("^sha-", "sha"));
    }
    if (name == null) {
      throw HostError.type("ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: %s", algorithm);
    }
    return name;
  }

  private JsValue open(Arguments args) {
    String name = javaName(args.string(0, "algorithm"));
    try {
      return add(
          args.count() < 2
              ? new Hash(MessageDigest.getInstance(name))
              : authenticator(name, args.copyOfBytes(1, "key")));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK lacks " + name, e);
    }
  }

  /** HMAC pads keys with zeros, so one zero byte stands for the empty key that Java refuses. */
  private static Running authenticator(String name, byte[] key) throws GeneralSecurityException {
    String macName = "Hmac" + name.replaceFirst("^SHA-", "SHA");
    Mac mac = Mac.getInstance(macName);
    mac.init(new SecretKeySpec(key.length == 0 ? new byte[HMAC_EMPTY_KEY_BYTES] : key, macName));
    return new Authenticator(mac);
  }

  private JsValue add(Running running) {
    if (open.size() >= MAX_OPEN) {
      throw HostError.error(
          "ERR_CRYPTO_OPERATION_FAILED", "More than %d hashes are open at once.", MAX_OPEN);
    }
    open.put(nextId, running);
    return JsValue.of(nextId++);
  }

  private Running running(Arguments args) {
    Running running = open.get(id(args));
    if (running == null) {
      throw HostError.error("ERR_CRYPTO_HASH_FINALIZED", "Digest already called");
    }
    return running;
  }

  private static int id(Arguments args) {
    return args.integer(0, "id", 1, Integer.MAX_VALUE);
  }

  private JsValue update(Arguments args) {
    running(args).update(args.bytes(1, "bytes").slice());
    return JsValue.UNDEFINED;
  }

  private JsValue updateText(Arguments args) {
    running(args).update(ByteBuffer.wrap(Utf8.encode(args.string(1, "text"))));
    return JsValue.UNDEFINED;
  }

  private JsValue copy(Arguments args) {
    try {
      return switch (running(args)) {
        case Hash(var digest) -> add(new Hash((MessageDigest) digest.clone()));
        case Authenticator(var mac) -> add(new Authenticator((Mac) mac.clone()));
      };
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The JDK's hashes can be copied.", e);
    }
  }

  private JsValue digest(Arguments args) {
    byte[] digest = running(args).finish();
    open.remove(id(args));
    return JsValue.of(digest);
  }

  private JsValue close(Arguments args) {
    open.remove(id(args));
    return JsValue.UNDEFINED;
  }

  private JsValue random(Arguments args) {
    byte[] bytes = new byte[args.integer(0, "length", 0, MAX_RANDOM)];
    random.nextBytes(bytes);
    return JsValue.of(bytes);
  }

  private static JsValue equal(Arguments args) {
    return JsValue.of(MessageDigest.isEqual(args.copyOfBytes(0, "a"), args.copyOfBytes(1, "b")));
  }
}
