package dev.runnel.v8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The locale data that V8 reads from a file while its library loads. Missing or broken data would
 * end the process there, so the file is checked first.
 */
final class IcuData implements AutoCloseable {
  private static final String RESOURCE = "icudt77l.dat";
  private static final int HEADER_BYTES = 32;
  private static final int FEWEST_ITEMS = 3000;
  private static final int NAMES_BYTES = 1 << 20;

  private final Path file;

  private IcuData(Path file) {
    this.file = file;
  }

  /** Copies the data out of the class path. */
  static IcuData extract() throws IOException {
    try (InputStream in = IcuData.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("the build left out " + RESOURCE);
      }
      Path file = Files.createTempFile("runnel-icu", ".dat");
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      IcuData data = new IcuData(file);
      data.check();
      return data;
    }
  }

  private void check() throws IOException {
    ByteBuffer start = ByteBuffer.allocate(HEADER_BYTES + 4).order(ByteOrder.LITTLE_ENDIAN);
    try (var channel = Files.newByteChannel(file)) {
      while (start.hasRemaining() && channel.read(start) >= 0) {
        // Reads on.
      }
    }
    String format = new String(start.array(), 12, 4, StandardCharsets.US_ASCII);
    if (!format.equals("CmnD") || start.getInt(HEADER_BYTES) < FEWEST_ITEMS) {
      throw new IOException(RESOURCE + " is damaged");
    }
  }

  /** Whether a language such as {@code de} is among the items, whose names come first. */
  boolean hasLanguage(String language) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String names = new String(in.readNBytes(NAMES_BYTES), StandardCharsets.ISO_8859_1);
      return names.contains("\0icudt77l/%s.res\0".formatted(language));
    }
  }

  Path file() {
    return file;
  }

  /** V8 has read the file once its library is loaded. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
