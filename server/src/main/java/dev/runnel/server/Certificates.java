package dev.runnel.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server's certificate and key are: PEM files, as certificate authorities and Kubernetes
 * write them.
 *
 * @param chain the server's certificate first, then those that vouch for it
 * @param key in PKCS #8, without a password
 */
public record Certificates(Path chain, Path key) {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  /** A store of this process only. */
  static final char[] PASSWORD = new char[0];

  /**
   * @throws IOException in one sentence, when the files can't be read or don't belong together
   */
  KeyStore load() throws IOException {
    try {
      List<Certificate> certificates = certificates();
      PrivateKey privateKey = privateKey();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, PASSWORD);
      store.setKeyEntry("server", privateKey, PASSWORD, certificates.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "The certificate %s can't be used: %s".formatted(chain, e.getMessage()), e);
    }
  }

  private List<Certificate> certificates() throws IOException, GeneralSecurityException {
    List<Certificate> found =
        List.copyOf(
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(chain))));
    if (found.isEmpty()) {
      throw new IOException("There is no certificate in %s.".formatted(chain));
    }
    return found;
  }

  private PrivateKey privateKey() throws IOException, GeneralSecurityException {
    Matcher pem = KEY.matcher(Files.readString(key, StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw new IOException(
          "There is no key in PKCS #8 (BEGIN PRIVATE KEY) in %s: `openssl pkcs8 -topk8 -nocrypt` writes one."
              .formatted(key));
    }
    byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException another) {
        // The key doesn't say which kind it is in a way the JDK would look at.
      }
    }
    throw new IOException("The key in %s is neither EC, RSA nor EdDSA.".formatted(key));
  }

  /** Changes when either file does, also when a link to it is exchanged. */
  String version() throws IOException {
    return version(chain) + version(key);
  }

  private static String version(Path file) throws IOException {
    Path real = file.toRealPath();
    return real + " " + Files.getLastModifiedTime(real) + " " + Files.size(real) + "\n";
  }
}
