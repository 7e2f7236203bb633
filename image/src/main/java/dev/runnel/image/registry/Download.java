package dev.runnel.image.registry;

import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Content on its way into a file. Its digest is computed as it comes, and no byte more is taken
 * than its descriptor says. What has come stays when a connection is lost, so that the next try
 * goes on from there.
 */
final class Download {
  private static final int CHUNK = 64 << 10;
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Descriptor wanted;
  private final Path file;
  private final LongConsumer progress;
  private final MessageDigest sha256 = Digest.sha256();
  private long length;

  Download(Descriptor wanted, Path file, LongConsumer progress) {
    this.wanted = wanted;
    this.file = file;
    this.progress = progress;
  }

  /** How many bytes have come so far. */
  long length() {
    return length;
  }

  /** The server begins anew. */
  void restart() throws IOException {
    sha256.reset();
    progress.accept(-length);
    length = 0;
    Files.write(file, new byte[0]);
  }

  /**
   * Takes what a connection brings.
   *
   * @throws EOFException when it has ended early
   */
  void take(InputStream body) throws IOException, ImageException {
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND);
        var watch = new SilenceWatch(body, SILENCE)) {
      byte[] chunk = new byte[CHUNK];
      for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
        watch.heard();
        if (length + read > wanted.size()) {
          throw new ImageException(
              "The registry sends more than the %d bytes of %s.", wanted.size(), wanted.digest());
        }
        write(out, chunk, read);
        sha256.update(chunk, 0, read);
        length += read;
        progress.accept(read);
      }
    }
    if (length < wanted.size()) {
      throw new EOFException(
          "The connection ended after %d of %d bytes".formatted(length, wanted.size()));
    }
  }

  private static void write(OutputStream out, byte[] chunk, int count) throws DiskException {
    try {
      out.write(chunk, 0, count);
    } catch (IOException e) {
      throw new DiskException(e);
    }
  }

  void check() throws ImageException {
    Digest found = Digest.of(sha256);
    if (!found.equals(wanted.digest())) {
      throw new ImageException(
          "The registry sends %s where %s was asked for.", found, wanted.digest());
    }
  }
}
