package dev.runnel.runtime.host.web.crypto;

import java.security.PrivateKey;
import java.security.PublicKey;

/** What a key is made of. It never changes, so any thread may use it. */
sealed interface KeyMaterial {

  record Secret(byte[] bytes) implements KeyMaterial {}

  record Public(KeyFamily family, PublicKey key) implements KeyMaterial {}

  /**
   * A private key and the public key that belongs to it.
   *
   * @param octets what determines the key: an elliptic curve's scalar, or a seed; empty for RSA
   */
  record Private(KeyFamily family, PrivateKey key, PublicKey publicKey, byte[] octets)
      implements KeyMaterial {
    Public toPublic() {
      return new Public(family, publicKey);
    }
  }
}
