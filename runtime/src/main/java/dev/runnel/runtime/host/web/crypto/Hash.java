package dev.runnel.runtime.host.web.crypto;

import dev.runnel.engine.HostError;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.MGF1ParameterSpec;
import java.util.Map;

/** Hash algorithms by the names of Web Cryptography, which are the JDK's. */
record Hash(String name, int bytes) {
  private static final Map<String, Integer> BYTES =
      Map.of(
          "SHA-1", 20,
          "SHA-256", 32,
          "SHA-384", 48,
          "SHA-512", 64,
          "SHA3-256", 32,
          "SHA3-384", 48,
          "SHA3-512", 64);

  static Hash named(String name) {
    Integer bytes = BYTES.get(name);
    if (bytes == null) {
      throw HostError.dom("NotSupportedError", "The hash %s is not supported.", name);
    }
    return new Hash(name, bytes);
  }

  MessageDigest digest() {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("The JDK lacks " + name, e);
    }
  }

  /** As it stands in composed names: SHA256withECDSA, HmacSHA256, HmacSHA3-256. */
  String inNames() {
    return name.replace("SHA-", "SHA");
  }

  MGF1ParameterSpec mask() {
    return new MGF1ParameterSpec(name);
  }
}
