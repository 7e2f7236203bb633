package dev.runnel.runtime.host.web.crypto;

import java.util.Arrays;

/**
 * SubjectPublicKeyInfo (RFC 5280) and PrivateKeyInfo (RFC 5958) around what a family puts there.
 */
final class EncodedKeys {
  private static final int LAST_VERSION = 1;

  private EncodedKeys() {}

  static byte[] spki(byte[] algorithm, byte[] key) {
    return Der.sequence(algorithm, Der.bits(key));
  }

  static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return Der.sequence(Der.smallInteger(0), algorithm, Der.value(Der.OCTET_STRING, key));
  }

  /** The key's bytes, when the encoding is whole and of that algorithm. */
  static byte[] fromSpki(byte[] algorithm, byte[] spki) {
    var outer = new Der.Reader(spki);
    Der.Reader in = outer.sequence();
    outer.end();
    requireAlgorithm(algorithm, in);
    byte[] key = in.bits();
    in.end();
    return key;
  }

  static byte[] fromPkcs8(byte[] algorithm, byte[] pkcs8) {
    var outer = new Der.Reader(pkcs8);
    Der.Reader in = outer.sequence();
    outer.end();
    int version = in.smallInteger();
    if (version < 0 || version > LAST_VERSION) {
      throw KeyFamily.invalid(
          "The PKCS #8 encoding has the unknown version %d.".formatted(version));
    }
    requireAlgorithm(algorithm, in);
    byte[] key = in.bytes(Der.OCTET_STRING);
    while (!in.isAtEnd()) {
      in.whole();
    }
    return key;
  }

  /**
   * A key of whatever family the encoding names.
   *
   * @param format spki, pkcs8, or the older pkcs1-public, pkcs1 (RFC 8017) and sec1 (RFC 5915)
   */
  static KeyMaterial decode(String format, byte[] der) {
    return switch (format) {
      case "spki" -> familyOf(new Der.Reader(der).sequence().whole()).fromSpki(der);
      case "pkcs8" -> {
        Der.Reader in = new Der.Reader(der).sequence();
        in.smallInteger();
        yield familyOf(in.whole()).fromPkcs8(der);
      }
      case "pkcs1-public" -> RsaFamily.RSA.fromSpki(spki(RsaFamily.RSA.algorithm(), der));
      case "pkcs1" -> RsaFamily.RSA.fromPkcs8(pkcs8(RsaFamily.RSA.algorithm(), der));
      case "sec1" -> sec1(der);
      default -> throw new IllegalStateException("There is no encoding called " + format);
    };
  }

  private static KeyMaterial sec1(byte[] der) {
    Der.Reader in = new Der.Reader(der).sequence();
    in.smallInteger();
    in.bytes(Der.OCTET_STRING);
    byte[] curve = in.inside(Der.CONSTRUCTED).whole();
    byte[] algorithm = EcCurve.algorithm(curve);
    return familyOf(algorithm).fromPkcs8(pkcs8(algorithm, der));
  }

  private static KeyFamily familyOf(byte[] algorithm) {
    return KeyFamily.all()
        .filter(family -> Arrays.equals(algorithm, family.algorithm()))
        .findFirst()
        .orElseThrow(() -> KeyFamily.invalid("Keys of that algorithm or curve are not supported."));
  }

  private static void requireAlgorithm(byte[] algorithm, Der.Reader in) {
    if (!Arrays.equals(algorithm, in.whole())) {
      throw KeyFamily.invalid("The encoded key is of another algorithm or curve.");
    }
  }
}
