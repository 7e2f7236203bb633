package dev.runnel.runtime.host.node;

import com.google.gson.Gson;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Backs the ciphers of {@code node:crypto}; their JavaScript half is {@code
 * js/internal/crypto/cipher.js}.
 *
 * <p>Confined to the isolate's thread.
 */
public final class CipherHost {
  private static final int MAX_OPEN = 10_000;

  /** The JDK shows nothing of authenticated data before it has seen the tag, so it keeps it all. */
  private static final long MAX_SEALED = 64L << 20;

  private static final byte[] NOTHING = {};

  /**
   * @param mode Node's word
   * @param ivLength 0 for none, -1 for any
   */
  private record Kind(String mode, String transformation, int keyLength, int ivLength) {
    boolean isAuthenticated() {
      return mode.equals("gcm") || mode.equals("stream");
    }

    String keyAlgorithm() {
      return mode.equals("stream") ? "ChaCha20" : "AES";
    }
  }

  private static final class Running {
    private final Cipher cipher;
    private final boolean keepsAll;
    private long taken;

    Running(Cipher cipher, boolean keepsAll) {
      this.cipher = cipher;
      this.keepsAll = keepsAll;
    }
  }

  private static final Map<String, Kind> KINDS = kinds();

  private final Map<Integer, Running> open = new HashMap<>();
  private int nextId = 1;

  public HostModule module() {
    return HostModule.named("cipher")
        .function("ciphers", _ -> JsValue.of(new Gson().toJson(KINDS)))
        .function("open", this::open)
        .function("updateAad", this::updateAad)
        .function("update", this::update)
        .function("finish", this::finish)
        .function("close", this::close);
  }

  private static Map<String, Kind> kinds() {
    var kinds = new LinkedHashMap<String, Kind>();
    for (int bytes : new int[] {16, 24, 32}) {
      String name = "aes-" + bytes * Byte.SIZE + "-";
      kinds.put(name + "cbc", new Kind("cbc", "AES/CBC/", bytes, 16));
      kinds.put(name + "ctr", new Kind("ctr", "AES/CTR/", bytes, 16));
      kinds.put(name + "ecb", new Kind("ecb", "AES/ECB/", bytes, 0));
      kinds.put(name + "gcm", new Kind("gcm", "AES/GCM/", bytes, -1));
    }
    kinds.put("chacha20-poly1305", new Kind("stream", "ChaCha20-Poly1305", 32, 12));
    return kinds;
  }

  /** (name, "encrypt" or "decrypt", key, iv, padding, tag length in bytes). */
  private JsValue open(Arguments args) {
    if (open.size() >= MAX_OPEN) {
      throw HostError.error(
          "ERR_CRYPTO_OPERATION_FAILED", "More than %d ciphers are open at once.", MAX_OPEN);
    }
    Kind kind = KINDS.get(args.string(0, "cipher"));
    if (kind == null) {
      throw HostError.error("ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher");
    }
    boolean encrypts = args.string(1, "direction").equals("encrypt");
    byte[] key = args.copyOfBytes(2, "key");
    byte[] iv = args.copyOfBytes(3, "iv");
    requireLengths(kind, key, iv);
    try {
      Cipher cipher = Cipher.getInstance(transformation(kind, args.string(4, "padding")));
      cipher.init(
          encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, kind.keyAlgorithm()),
          parameters(kind, iv, args.integer(5, "authTagLength", 4, 16)));
      open.put(nextId, new Running(cipher, kind.isAuthenticated() && !encrypts));
      return JsValue.of(nextId++);
    } catch (GeneralSecurityException e) {
      throw HostError.type(
          "ERR_CRYPTO_INVALID_AUTH_TAG", "Invalid authentication tag length or parameters");
    }
  }

  private static void requireLengths(Kind kind, byte[] key, byte[] iv) {
    if (key.length != kind.keyLength()) {
      throw HostError.range("ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length");
    }
    boolean fits = kind.ivLength() < 0 ? iv.length > 0 : iv.length == kind.ivLength();
    if (!fits) {
      throw HostError.type("ERR_CRYPTO_INVALID_IV", "Invalid initialization vector");
    }
  }

  private static String transformation(Kind kind, String padding) {
    return switch (kind.mode()) {
      case "cbc", "ecb" -> kind.transformation() + padding;
      case "stream" -> kind.transformation();
      default -> kind.transformation() + "NoPadding";
    };
  }

  private static @Nullable AlgorithmParameterSpec parameters(Kind kind, byte[] iv, int tagLength) {
    return switch (kind.mode()) {
      case "gcm" -> new GCMParameterSpec(tagLength * Byte.SIZE, iv);
      case "ecb" -> null;
      default -> new IvParameterSpec(iv);
    };
  }

  private Running running(Arguments args) {
    Running running = open.get(id(args));
    if (running == null) {
      throw HostError.error(
          "ERR_CRYPTO_INVALID_STATE", "Invalid state for operation: it has ended");
    }
    return running;
  }

  private static int id(Arguments args) {
    return args.integer(0, "id", 1, Integer.MAX_VALUE);
  }

  private JsValue updateAad(Arguments args) {
    running(args).cipher.updateAAD(args.bytes(1, "data").slice());
    return JsValue.UNDEFINED;
  }

  private JsValue update(Arguments args) {
    Running running = running(args);
    ByteBuffer data = args.bytes(1, "data").slice();
    count(running, data.remaining());
    byte[] in = new byte[data.remaining()];
    data.get(in);
    byte[] out = running.cipher.update(in);
    return JsValue.of(out == null ? NOTHING : out);
  }

  private static void count(Running running, int bytes) {
    running.taken += bytes;
    if (running.keepsAll && running.taken > MAX_SEALED) {
      throw HostError.range(
          "ERR_OUT_OF_RANGE",
          "Authenticated data of more than %d bytes can't be decrypted in one piece.",
          MAX_SEALED);
    }
  }

  /** Ends the cipher. When it decrypts authenticated data it is given the tag. */
  private JsValue finish(Arguments args) {
    Running running = running(args);
    open.remove(id(args));
    try {
      return JsValue.of(running.cipher.doFinal(args.copyOfBytes(1, "tag")));
    } catch (AEADBadTagException e) {
      throw HostError.error("", "Unsupported state or unable to authenticate data");
    } catch (BadPaddingException e) {
      throw HostError.error(
          "ERR_OSSL_BAD_DECRYPT", "error:1C800064:Provider routines::bad decrypt");
    } catch (GeneralSecurityException e) {
      throw HostError.error(
          "ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH",
          "error:1C80006B:Provider routines::wrong final block length");
    }
  }

  private JsValue close(Arguments args) {
    open.remove(id(args));
    return JsValue.UNDEFINED;
  }
}
