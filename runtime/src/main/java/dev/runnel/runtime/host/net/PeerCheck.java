package dev.runnel.runtime.host.net;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks the other side's certificates and remembers what is wrong with them, as OpenSSL names it.
 */
final class PeerCheck extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager checks;
  private volatile @Nullable String failure;

  private PeerCheck(X509ExtendedTrustManager checks) {
    this.checks = checks;
  }

  /**
   * @param authorities whom to trust; the JDK's when there are none
   */
  static PeerCheck trusting(Collection<? extends Certificate> authorities)
      throws GeneralSecurityException {
    KeyStore store = null;
    if (!authorities.isEmpty()) {
      store = KeyStore.getInstance("PKCS12");
      try {
        store.load(null, null);
      } catch (IOException e) {
        throw new IllegalStateException("An empty key store can't fail to load.", e);
      }
      for (Certificate authority : authorities) {
        store.setCertificateEntry("authority" + store.size(), authority);
      }
    }
    var factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager checks) {
        return new PeerCheck(checks);
      }
    }
    throw new GeneralSecurityException("This JDK can't check certificates.");
  }

  /** Empty when the certificates are in order; the host's name has not been compared. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  @FunctionalInterface
  private interface Check {
    void run() throws CertificateException;
  }

  private void remember(X509Certificate[] chain, Check check) {
    try {
      check.run();
    } catch (CertificateException e) {
      failure = code(chain, e);
    }
  }

  private static String code(X509Certificate[] chain, CertificateException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return "CERT_HAS_EXPIRED";
      }
      if (cause instanceof CertificateNotYetValidException) {
        return "CERT_NOT_YET_VALID";
      }
    }
    X509Certificate last = chain[chain.length - 1];
    if (last.getIssuerX500Principal().equals(last.getSubjectX500Principal())) {
      return chain.length == 1 ? "DEPTH_ZERO_SELF_SIGNED_CERT" : "SELF_SIGNED_CERT_IN_CHAIN";
    }
    return chain.length == 1
        ? "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
        : "UNABLE_TO_GET_ISSUER_CERT_LOCALLY";
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
    remember(chain, () -> checks.checkServerTrusted(chain, type));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    remember(chain, () -> checks.checkServerTrusted(chain, type));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {
    remember(chain, () -> checks.checkServerTrusted(chain, type));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
    remember(chain, () -> checks.checkClientTrusted(chain, type));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    remember(chain, () -> checks.checkClientTrusted(chain, type));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {
    remember(chain, () -> checks.checkClientTrusted(chain, type));
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
