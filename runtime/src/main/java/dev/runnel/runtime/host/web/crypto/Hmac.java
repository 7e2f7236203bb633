package dev.runnel.runtime.host.web.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC (RFC 2104), and what is derived with it: HKDF (RFC 5869) and PBKDF2 (RFC 8018). */
final class Hmac {
  private Hmac() {}

  /** HMAC pads keys with zeros, so one zero byte stands for the empty key that Java refuses. */
  static Mac of(Hash hash, byte[] key) {
    String name = "Hmac" + hash.inNames();
    try {
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, name));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK lacks " + name, e);
    }
  }

  static byte[] hkdf(Hash hash, byte[] secret, byte[] salt, byte[] info, int length) {
    byte[] extracted = of(hash, salt).doFinal(secret);
    Mac mac = of(hash, extracted);
    byte[] derived = new byte[length];
    byte[] block = {};
    for (int at = 0, count = 1; at < length; at += block.length, count++) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) count);
      block = mac.doFinal();
      System.arraycopy(block, 0, derived, at, Math.min(block.length, length - at));
    }
    return derived;
  }

  static byte[] pbkdf2(Hash hash, byte[] password, byte[] salt, int iterations, int length)
      throws GeneralSecurityException {
    Mac mac = of(hash, password);
    byte[] derived = new byte[length];
    for (int at = 0, count = 1; at < length; at += hash.bytes(), count++) {
      byte[] block = pbkdf2Block(mac, salt, iterations, count);
      System.arraycopy(block, 0, derived, at, Math.min(block.length, length - at));
    }
    return derived;
  }

  private static byte[] pbkdf2Block(Mac mac, byte[] salt, int iterations, int count)
      throws GeneralSecurityException {
    mac.update(salt);
    mac.update(
        new byte[] {
          (byte) (count >>> 24), (byte) (count >>> 16), (byte) (count >>> 8), (byte) count
        });
    byte[] last = mac.doFinal();
    byte[] block = last.clone();
    for (int i = 1; i < iterations; i++) {
      iterate(mac, last);
      addTo(block, last);
    }
    return block;
  }

  /** A method of its own: as part of the loop it becomes code that is several times slower. */
  private static void iterate(Mac mac, byte[] last) throws GeneralSecurityException {
    mac.update(last);
    mac.doFinal(last, 0);
  }

  private static void addTo(byte[] block, byte[] last) {
    for (int i = 0; i < block.length; i++) {
      block[i] ^= last[i];
    }
  }
}
