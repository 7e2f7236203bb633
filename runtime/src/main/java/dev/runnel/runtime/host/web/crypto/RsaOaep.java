package dev.runnel.runtime.host.web.crypto;

import dev.runnel.engine.HostError;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** RSAES-OAEP (RFC 8017, section 7.1). */
final class RsaOaep {
  private RsaOaep() {}

  static byte[] encrypt(KeyMaterial key, Hash hash, byte[] label, ByteBuffer data) {
    return run(Cipher.ENCRYPT_MODE, CryptoKeys.publicKey(key).key(), hash, label, data);
  }

  static byte[] decrypt(KeyMaterial key, Hash hash, byte[] label, ByteBuffer data) {
    return run(Cipher.DECRYPT_MODE, CryptoKeys.privateKey(key).key(), hash, label, data);
  }

  private static byte[] run(int mode, Key key, Hash hash, byte[] label, ByteBuffer data) {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
      var source = new PSource.PSpecified(label);
      cipher.init(mode, key, new OAEPParameterSpec(hash.name(), "MGF1", hash.mask(), source));
      byte[] in = new byte[data.remaining()];
      data.duplicate().get(in);
      return cipher.doFinal(in);
    } catch (GeneralSecurityException e) {
      throw HostError.dom(
          "OperationError", "RSA-OAEP failed: the data does not fit the key, or the label.");
    }
  }
}
