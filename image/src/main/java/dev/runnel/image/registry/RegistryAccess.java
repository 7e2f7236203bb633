package dev.runnel.image.registry;

import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * How a registry is reached.
 *
 * @param base its root, such as {@code https://registry.example}
 * @param tls whom to trust, when not those that the JDK trusts
 */
public record RegistryAccess(
    URI base, Optional<Credentials> credentials, Optional<SSLContext> tls) {

  /** Whether the connection is encrypted. */
  public enum Transport {
    TLS,
    PLAIN
  }

  /** The registry that an image's name says. */
  public static String hostOf(ImageName name) throws ImageException {
    return name.registry()
        .orElseThrow(
            () ->
                new ImageException(
                    "%s names no registry; write it like registry.example/%s.", name, name));
  }

  public static RegistryAccess to(String host, Transport transport) throws ImageException {
    try {
      String scheme = transport == Transport.TLS ? "https://" : "http://";
      return new RegistryAccess(URI.create(scheme + host), Optional.empty(), Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new ImageException(e, "\"%s\" is no registry.", host);
    }
  }

  /** True for this machine's own addresses, where nobody else can listen. */
  public static boolean isLoopback(String host) {
    String name = host.replaceFirst(":[0-9]+$", "");
    return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.[0-9]+){3}");
  }

  public RegistryAccess withCredentials(Credentials who) {
    return new RegistryAccess(base, Optional.of(who), tls);
  }

  /**
   * Trusts the certificates in a file, and no others.
   *
   * @param file in PEM
   */
  public RegistryAccess trusting(Path file) throws ImageException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("ca-" + number++, one);
      }
      if (number == 0) {
        throw new CertificateException("It has none");
      }
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return new RegistryAccess(base, credentials, Optional.of(context));
    } catch (GeneralSecurityException e) {
      throw new ImageException(e, "%s has no certificates in PEM.", file);
    }
  }

  /** The host, as names of images have it. */
  String host() {
    return base.getAuthority();
  }
}
