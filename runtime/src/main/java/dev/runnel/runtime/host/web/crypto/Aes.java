package dev.runnel.runtime.host.web.crypto;

import dev.runnel.engine.HostError;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in the modes of Web Cryptography, and ChaCha20-Poly1305. What fails is an OperationError. */
final class Aes {
  private static final int BLOCK = 16;
  private static final int FULL_TAG_BITS = 128;

  private Aes() {}

  static byte[] encryptCbc(byte[] key, byte[] iv, ByteBuffer data) {
    return run("AES/CBC/PKCS5Padding", Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv), data);
  }

  static byte[] decryptCbc(byte[] key, byte[] iv, ByteBuffer data) {
    return run("AES/CBC/PKCS5Padding", Cipher.DECRYPT_MODE, key, new IvParameterSpec(iv), data);
  }

  /**
   * Encryption and decryption alike. The JDK counts with all 128 bits: where a shorter counter
   * wraps, a second run goes on with a counter of zero.
   */
  static byte[] ctr(byte[] key, byte[] counter, int counterBits, ByteBuffer data) {
    var start = new BigInteger(1, counter);
    BigInteger modulus = BigInteger.ONE.shiftLeft(counterBits);
    BigInteger blocks = BigInteger.valueOf((data.remaining() + BLOCK - 1L) / BLOCK);
    if (blocks.compareTo(modulus) > 0) {
      throw failed("The data has more blocks than a counter of %d bits can count.", counterBits);
    }
    BigInteger untilWrap = modulus.subtract(start.mod(modulus));
    if (blocks.compareTo(untilWrap) <= 0) {
      return plainCtr(key, counter, data);
    }
    int split = untilWrap.intValueExact() * BLOCK;
    byte[] first = plainCtr(key, counter, data.slice(data.position(), split));
    ByteBuffer rest = data.slice(data.position() + split, data.remaining() - split);
    byte[] wrapped = counterBytes(start.subtract(start.mod(modulus)));
    return concatenated(first, plainCtr(key, wrapped, rest));
  }

  private static byte[] plainCtr(byte[] key, byte[] counter, ByteBuffer data) {
    return run("AES/CTR/NoPadding", Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter), data);
  }

  private static byte[] counterBytes(BigInteger value) {
    byte[] minimal = value.toByteArray();
    byte[] block = new byte[BLOCK];
    int length = Math.min(minimal.length, BLOCK);
    System.arraycopy(minimal, minimal.length - length, block, BLOCK - length, length);
    return block;
  }

  /** What both authenticated ciphers take beside key and data. */
  record Aead(byte[] iv, byte[] additionalData, int tagBits) {}

  /** The tag is cut here, since the JDK knows no tags of 32 and 64 bits. */
  static byte[] encryptGcm(byte[] key, Aead aead, ByteBuffer data) {
    byte[] full = gcm(Cipher.ENCRYPT_MODE, key, aead, data);
    return Arrays.copyOf(full, full.length - (FULL_TAG_BITS - aead.tagBits()) / Byte.SIZE);
  }

  static byte[] decryptGcm(byte[] key, Aead aead, ByteBuffer data) {
    int tagBytes = aead.tagBits() / Byte.SIZE;
    if (data.remaining() < tagBytes) {
      throw failed("The data is shorter than its tag of %d bits.", aead.tagBits());
    }
    return aead.tagBits() == FULL_TAG_BITS
        ? gcm(Cipher.DECRYPT_MODE, key, aead, data)
        : decryptShortTag(key, aead, data, data.remaining() - tagBytes);
  }

  /**
   * The ciphertext of zeros is the key stream. It gives the plaintext, whose ciphertext has the
   * whole tag, of which the given one must be the start.
   */
  private static byte[] decryptShortTag(byte[] key, Aead aead, ByteBuffer data, int length) {
    byte[] text = gcm(Cipher.ENCRYPT_MODE, key, aead, ByteBuffer.allocate(length));
    text = Arrays.copyOf(text, length);
    for (int i = 0; i < length; i++) {
      text[i] ^= data.get(data.position() + i);
    }
    byte[] given = new byte[data.remaining() - length];
    data.get(data.position() + length, given);
    byte[] again = gcm(Cipher.ENCRYPT_MODE, key, aead, ByteBuffer.wrap(text));
    if (!MessageDigest.isEqual(given, Arrays.copyOfRange(again, length, length + given.length))) {
      throw failed("The data does not fit its tag.");
    }
    return text;
  }

  private static byte[] gcm(int mode, byte[] key, Aead aead, ByteBuffer data) {
    if (aead.iv().length == 0) {
      throw failed("AES-GCM needs an iv of at least one byte.");
    }
    return authenticated(
        "AES/GCM/NoPadding",
        mode,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(FULL_TAG_BITS, aead.iv()),
        aead.additionalData(),
        data);
  }

  static byte[] encryptChaCha(byte[] key, Aead aead, ByteBuffer data) {
    return chaCha(Cipher.ENCRYPT_MODE, key, aead, data);
  }

  static byte[] decryptChaCha(byte[] key, Aead aead, ByteBuffer data) {
    return chaCha(Cipher.DECRYPT_MODE, key, aead, data);
  }

  private static byte[] chaCha(int mode, byte[] key, Aead aead, ByteBuffer data) {
    return authenticated(
        "ChaCha20-Poly1305",
        mode,
        new SecretKeySpec(key, "ChaCha20"),
        new IvParameterSpec(aead.iv()),
        aead.additionalData(),
        data);
  }

  /** RFC 3394. */
  static byte[] wrap(byte[] key, ByteBuffer data) {
    return keyWrap(Cipher.ENCRYPT_MODE, key, data);
  }

  static byte[] unwrap(byte[] key, ByteBuffer data) {
    return keyWrap(Cipher.DECRYPT_MODE, key, data);
  }

  private static byte[] keyWrap(int mode, byte[] key, ByteBuffer data) {
    try {
      Cipher cipher = Cipher.getInstance("AES/KW/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"));
      return all(cipher, data);
    } catch (GeneralSecurityException e) {
      throw failed("AES-KW: the data is no multiple of 64 bits, or was not wrapped with this key.");
    }
  }

  private static byte[] run(
      String name, int mode, byte[] key, AlgorithmParameterSpec parameters, ByteBuffer data) {
    return authenticated(name, mode, new SecretKeySpec(key, "AES"), parameters, new byte[0], data);
  }

  private static byte[] authenticated(
      String name,
      int mode,
      Key key,
      AlgorithmParameterSpec parameters,
      byte[] additionalData,
      ByteBuffer data) {
    try {
      Cipher cipher = Cipher.getInstance(name);
      cipher.init(mode, key, parameters);
      if (additionalData.length > 0) {
        cipher.updateAAD(additionalData);
      }
      return all(cipher, data);
    } catch (GeneralSecurityException e) {
      throw failed("%s failed: the data, the key or a parameter does not fit.", name);
    }
  }

  private static byte[] all(Cipher cipher, ByteBuffer data) throws GeneralSecurityException {
    ByteBuffer out = ByteBuffer.allocate(cipher.getOutputSize(data.remaining()));
    cipher.doFinal(data.duplicate(), out);
    return out.position() == out.capacity()
        ? out.array()
        : Arrays.copyOf(out.array(), out.position());
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static HostError failed(String why, Object... args) {
    return HostError.dom("OperationError", why, args);
  }
}
