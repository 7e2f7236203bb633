package dev.runnel.runtime.host.web.crypto;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Mac;

/**
 * One way to sign.
 *
 * @param name the JDK's name of a signature algorithm, or of none for HMAC
 * @param hash the hash that HMAC and RSA-PSS need to be told
 */
record Signatures(Scheme scheme, String name, String hash, int saltLength) {
  enum Scheme {
    HMAC,
    PSS,
    OTHER
  }

  private static final int MAX_SALT = 1 << 14;

  /** From (algorithm, hash, key, data, saltLength). */
  static Signatures of(Arguments args) {
    return of(
        args.string(0, "algorithm"),
        args.string(1, "hash"),
        args.integer(4, "saltLength", 0, MAX_SALT));
  }

  /**
   * @param algorithm the name that Web Cryptography has for it; {@code ECDSA-DER} is Node's
   *     encoding of the same
   * @param hash empty when the algorithm fixes it
   */
  private static Signatures of(String algorithm, String hash, int saltLength) {
    return switch (algorithm) {
      case "HMAC" -> new Signatures(Scheme.HMAC, "", hash, 0);
      case "RSA-PSS" -> new Signatures(Scheme.PSS, "RSASSA-PSS", hash, saltLength);
      case "RSASSA-PKCS1-v1_5" -> other(Hash.named(hash).inNames() + "withRSA");
      case "ECDSA" -> other(Hash.named(hash).inNames() + "withECDSAinP1363Format");
      case "ECDSA-DER" -> other(Hash.named(hash).inNames() + "withECDSA");
      default -> other(algorithm);
    };
  }

  private static Signatures other(String name) {
    return new Signatures(Scheme.OTHER, name, "", 0);
  }

  byte[] sign(KeyMaterial key, ByteBuffer data) {
    if (key instanceof KeyMaterial.Secret(byte[] secret)) {
      return authenticate(secret, data);
    }
    try {
      Signature signature = prepared();
      signature.initSign(CryptoKeys.privateKey(key).key());
      signature.update(data.duplicate());
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw failed();
    }
  }

  boolean verify(KeyMaterial key, byte[] signed, ByteBuffer data) {
    if (key instanceof KeyMaterial.Secret(byte[] secret)) {
      return MessageDigest.isEqual(authenticate(secret, data), signed);
    }
    try {
      Signature signature = prepared();
      signature.initVerify(CryptoKeys.publicKey(key).key());
      signature.update(data.duplicate());
      return signature.verify(signed);
    } catch (SignatureException | InvalidKeyException e) {
      // The signature isn't even of the right form, or the key is no point of the curve.
      return false;
    } catch (GeneralSecurityException e) {
      throw failed();
    }
  }

  private byte[] authenticate(byte[] secret, ByteBuffer data) {
    Mac mac = Hmac.of(Hash.named(hash), secret);
    mac.update(data.duplicate());
    return mac.doFinal();
  }

  private Signature prepared() throws GeneralSecurityException {
    var signature = Signature.getInstance(name);
    if (scheme == Scheme.PSS) {
      Hash hashed = Hash.named(hash);
      signature.setParameter(
          new PSSParameterSpec(
              hashed.name(), "MGF1", hashed.mask(), saltLength, PSSParameterSpec.TRAILER_FIELD_BC));
    }
    return signature;
  }

  private static HostError failed() {
    return HostError.dom(
        "OperationError", "The key is too small for such a signature, or its salt.");
  }
}
