package dev.runnel.runtime.host.web.crypto;

import com.google.gson.JsonObject;
import dev.runnel.engine.HostError;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;

/**
 * Asymmetric keys that are encoded alike: RSA, one elliptic curve, one algorithm with seeds. Data
 * that is no key of the family is a DataError.
 */
sealed interface KeyFamily permits RsaFamily, EcCurve, SeedAlgorithm {
  /** As JavaScript calls it: {@code RSA}, {@code P-256}, {@code Ed25519}. */
  String label();

  /** The AlgorithmIdentifier in the encodings of its keys. */
  byte[] algorithm();

  KeyMaterial.Public fromSpki(byte[] spki);

  KeyMaterial.Private fromPkcs8(byte[] pkcs8);

  /** From the bytes of a point or public key. */
  KeyMaterial.Public fromRawPublic(byte[] raw);

  /** From the bytes of a scalar or seed. */
  KeyMaterial.Private fromRawPrivate(byte[] raw);

  /** From the members of a JSON Web Key that hold numbers. */
  KeyMaterial fromJwk(JsonObject jwk);

  byte[] toSpki(KeyMaterial.Public key);

  byte[] toPkcs8(KeyMaterial.Private key);

  byte[] toRaw(KeyMaterial.Public key);

  /** The members of a JSON Web Key, {@code kty} included, in the order of its RFC. */
  JsonObject toJwk(KeyMaterial key);

  static Stream<KeyFamily> all() {
    return Stream.of(new KeyFamily[][] {{RsaFamily.RSA}, EcCurve.values(), SeedAlgorithm.values()})
        .flatMap(Arrays::stream);
  }

  static KeyFamily named(String label) {
    return all()
        .filter(family -> family.label().equals(label))
        .findFirst()
        .orElseThrow(
            () -> HostError.dom("NotSupportedError", "Keys of %s are not supported.", label));
  }

  /** The bytes of a member in base64url; a DataError when it is missing or something else. */
  static byte[] bytes(JsonObject jwk, String member) {
    if (!jwk.has(member)) {
      throw invalid("The JWK has no \"%s\".".formatted(member));
    }
    String text = jwk.get(member).getAsString();
    if (text.endsWith("=")) {
      throw invalid("The JWK's \"%s\" is padded, which base64url is not.".formatted(member));
    }
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw invalid("The JWK's \"%s\" is not base64url.".formatted(member));
    }
  }

  static BigInteger number(JsonObject jwk, String member) {
    return new BigInteger(1, bytes(jwk, member));
  }

  static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static HostError invalid(String why) {
    return HostError.dom("DataError", why);
  }
}
