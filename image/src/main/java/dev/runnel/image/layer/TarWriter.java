package dev.runnel.image.layer;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a tar file (POSIX.1-2001: ustar, with pax headers for names that are too long for it) in
 * which everything belongs to root and is as old as the epoch, so that only names, modes and
 * contents count.
 */
public final class TarWriter extends FilterOutputStream {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final long LARGEST = 0_77777777777L;

  public TarWriter(OutputStream out) {
    super(out);
  }

  public void file(TarEntry entry, byte[] content) throws IOException {
    head(entry);
    out.write(content);
    pad(content.length);
  }

  /** Reads as many bytes as the entry says; a file that has changed meanwhile is an error. */
  public void file(TarEntry entry, InputStream content) throws IOException {
    head(entry);
    long copied = content.transferTo(new Bounded(entry));
    if (copied != entry.size()) {
      throw changed(entry);
    }
    pad(copied);
  }

  /** A folder or a link. */
  public void entry(TarEntry entry) throws IOException {
    head(entry);
  }

  private void head(TarEntry entry) throws IOException {
    if (entry.size() > LARGEST) {
      throw new IOException("%s is too large for a tar file.".formatted(entry.name()));
    }
    StringBuilder pax = new StringBuilder();
    if (utf8(entry.name()).length > NAME) {
      pax.append(record("path", entry.name()));
    }
    if (utf8(entry.link()).length > NAME) {
      pax.append(record("linkpath", entry.link()));
    }
    if (!pax.isEmpty()) {
      byte[] records = utf8(pax.toString());
      block('x', TarEntry.file("pax", records.length, 0644));
      out.write(records);
      pad(records.length);
    }
    block(entry.kind().flag(), entry);
  }

  /** A pax record begins with its own length, that number included. */
  private static String record(String key, String value) {
    int rest = utf8(" " + key + "=" + value + "\n").length;
    int length = rest + 1;
    while (Integer.toString(length).length() + rest != length) {
      length++;
    }
    return length + " " + key + "=" + value + "\n";
  }

  private void block(char flag, TarEntry entry) throws IOException {
    byte[] block = new byte[BLOCK];
    text(block, 0, NAME, entry.name());
    octal(block, 100, 8, entry.mode());
    octal(block, 108, 8, 0);
    octal(block, 116, 8, 0);
    octal(block, 124, 12, entry.size());
    octal(block, 136, 12, 0);
    block[156] = (byte) flag;
    text(block, 157, NAME, entry.link());
    text(block, 257, 6, "ustar");
    text(block, 263, 2, "00");
    octal(block, 329, 8, 0);
    octal(block, 337, 8, 0);
    TarHeader.sum(block);
    out.write(block);
  }

  private static void text(byte[] block, int at, int most, String text) {
    byte[] bytes = utf8(text);
    System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, most));
  }

  private static void octal(byte[] block, int at, int width, long value) {
    String digits = Long.toOctalString(value);
    text(block, at, width, "0".repeat(width - 1 - digits.length()) + digits);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void pad(long size) throws IOException {
    out.write(new byte[(int) (-size & (BLOCK - 1))]);
  }

  /** Writes the end of the tar file and leaves the stream open. */
  public void finish() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.flush();
  }

  private static IOException changed(TarEntry entry) {
    return new IOException("%s has changed while it was read.".formatted(entry.name()));
  }

  /** Lets no more through than the entry's head has said. */
  private final class Bounded extends OutputStream {
    private final TarEntry entry;
    private long left;

    Bounded(TarEntry entry) {
      this.entry = entry;
      this.left = entry.size();
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      left -= count;
      if (left < 0) {
        throw changed(entry);
      }
      out.write(bytes, offset, count);
    }
  }
}
