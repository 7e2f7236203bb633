package dev.runnel.server;

import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's certificate in use, exchanged while it runs: connections that are open keep theirs.
 * The files are looked at on a virtual thread.
 */
final class Tls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Tls.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Certificates certificates;
  private final SslContextFactory.Server context = new SslContextFactory.Server();
  private final Thread looking;
  private String version;

  private Tls(Certificates certificates) throws IOException {
    this.certificates = certificates;
    this.version = certificates.version();
    use(context);
    this.looking = Thread.ofVirtual().name("tls-files").unstarted(this::look);
  }

  /**
   * @throws IOException when there is no certificate and key to begin with
   */
  static Tls open(Certificates certificates) throws IOException {
    Tls tls = new Tls(certificates);
    tls.looking.start();
    return tls;
  }

  SslContextFactory.Server context() {
    return context;
  }

  private void use(SslContextFactory factory) throws IOException {
    factory.setKeyStore(certificates.load());
    factory.setKeyStorePassword("");
  }

  private void look() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        lookOnce();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Half-written files don't belong together and are looked at again. */
  private void lookOnce() {
    try {
      String now = certificates.version();
      if (!now.equals(version)) {
        certificates.load();
        version = now;
        context.reload(
            factory -> {
              try {
                use(factory);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
        log.info("The certificate {} was exchanged.", certificates.chain());
      }
    } catch (Exception e) {
      log.warn(
          "The certificate stays as it was: {}", LogText.oneLine(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void close() {
    looking.interrupt();
  }
}
