package dev.runnel.runtime.host.web.crypto;

import dev.runnel.engine.HostError;
import java.security.GeneralSecurityException;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;

/** Diffie-Hellman on elliptic curves, and ML-KEM (FIPS 203). */
final class SharedSecrets {
  private SharedSecrets() {}

  static byte[] agree(KeyMaterial.Private ours, KeyMaterial.Public theirs) {
    try {
      var agreement = KeyAgreement.getInstance(ours.family() instanceof EcCurve ? "ECDH" : "XDH");
      agreement.init(ours.key());
      agreement.doPhase(theirs.key(), true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException e) {
      throw HostError.dom("OperationError", "The two keys give no shared secret.");
    }
  }

  /** The shared secret and its encapsulation. */
  static KEM.Encapsulated encapsulate(KeyMaterial.Public key) {
    try {
      return KEM.getInstance("ML-KEM").newEncapsulator(key.key()).encapsulate();
    } catch (GeneralSecurityException e) {
      throw HostError.dom("OperationError", "The key can't be used to encapsulate.");
    }
  }

  static byte[] decapsulate(KeyMaterial.Private key, byte[] ciphertext) {
    try {
      return KEM.getInstance("ML-KEM")
          .newDecapsulator(key.key())
          .decapsulate(ciphertext)
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw HostError.dom("OperationError", "The ciphertext is not one of ML-KEM's.");
    }
  }
}
