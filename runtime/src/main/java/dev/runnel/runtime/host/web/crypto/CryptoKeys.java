package dev.runnel.runtime.host.web.crypto;

import dev.runnel.engine.HostError;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The keys of one isolate, by the number that the guest holds in place of them. Work on other
 * threads adds keys too, so any thread may call it.
 */
public final class CryptoKeys {
  private static final int MAX_KEYS = 20_000;

  private final Map<Integer, KeyMaterial> keys = new ConcurrentHashMap<>();
  private final AtomicInteger lastId = new AtomicInteger();

  int add(KeyMaterial key) {
    if (keys.size() >= MAX_KEYS) {
      throw HostError.dom(
          "QuotaExceededError", "This isolate holds %d crypto keys, which is the limit.", MAX_KEYS);
    }
    int id = lastId.incrementAndGet();
    keys.put(id, key);
    return id;
  }

  KeyMaterial get(int id) {
    KeyMaterial key = keys.get(id);
    if (key == null) {
      throw HostError.dom("OperationError", "The key is from another isolate or another start.");
    }
    return key;
  }

  void free(int id) {
    keys.remove(id);
  }

  byte[] secret(int id) {
    return get(id) instanceof KeyMaterial.Secret(byte[] bytes) ? bytes : failWrongKind();
  }

  static KeyMaterial.Private privateKey(KeyMaterial key) {
    return key instanceof KeyMaterial.Private privateKey ? privateKey : failWrongKind();
  }

  /** A private key knows its public one. */
  static KeyMaterial.Public publicKey(KeyMaterial key) {
    return switch (key) {
      case KeyMaterial.Public publicKey -> publicKey;
      case KeyMaterial.Private privateKey -> privateKey.toPublic();
      case KeyMaterial.Secret _ -> failWrongKind();
    };
  }

  private static <T> T failWrongKind() {
    throw HostError.dom("InvalidAccessError", "The key is not of the kind that this needs.");
  }
}
