package dev.runnel.image.layer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tar file (ustar, pax, GNU's long names) from outside, entry by entry. It checks that the
 * file is whole; whether a name may be used is the caller's question.
 */
public final class TarReader {
  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 64 << 10;

  private final InputStream in;
  private final long mostEntries;
  private long entries;
  private long left;
  private long padding;

  /**
   * @param mostEntries how many entries there may be
   */
  public TarReader(InputStream in, long mostEntries) {
    this.in = in;
    this.mostEntries = mostEntries;
  }

  /** The next entry, after what is left of the content of this one. */
  public Optional<TarEntry> next() throws IOException {
    Map<String, String> longer = new HashMap<>();
    for (byte[] block = nextBlock(); !TarHeader.isEnd(block); block = nextBlock()) {
      TarEntry entry = TarHeader.parse(block);
      begin(entry);
      switch (block[156]) {
        case 'x' -> pax(longer);
        case 'g' -> {
          // Global headers have comments; no writer of layers puts more there.
        }
        case 'L' -> longer.put("path", longName());
        case 'K' -> longer.put("linkpath", longName());
        default -> {
          return Optional.of(named(entry, longer));
        }
      }
    }
    return Optional.empty();
  }

  private byte[] nextBlock() throws IOException {
    in.skipNBytes(left + padding);
    left = 0;
    padding = 0;
    byte[] block = in.readNBytes(BLOCK);
    if (block.length < BLOCK) {
      throw new EOFException("The tar file is cut off.");
    }
    return block;
  }

  private void begin(TarEntry entry) throws IOException {
    entries++;
    if (entries > mostEntries) {
      throw new IOException("The tar file has more than %d entries.".formatted(mostEntries));
    }
    left = entry.size();
    padding = -left & (BLOCK - 1);
  }

  private static TarEntry named(TarEntry entry, Map<String, String> longer) {
    return new TarEntry(
        entry.kind(),
        longer.getOrDefault("path", entry.name()),
        entry.size(),
        entry.mode(),
        longer.getOrDefault("linkpath", entry.link()));
  }

  private void pax(Map<String, String> longer) throws IOException {
    byte[] records = small();
    int at = 0;
    while (at < records.length && records[at] != 0) {
      int space = at;
      int length = 0;
      while (space < records.length && records[space] >= '0' && records[space] <= '9') {
        length = Math.min(length * 10 + records[space] - '0', LONGEST_NAME + 1);
        space++;
      }
      if (length <= space - at || at + length > records.length) {
        throw new IOException("The tar file has a pax header that is malformed.");
      }
      String record =
          new String(records, space + 1, at + length - space - 2, StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (equals > 0) {
        longer.put(record.substring(0, equals), record.substring(equals + 1));
      }
      at += length;
    }
    if (longer.containsKey("size")) {
      throw new IOException("The tar file has a file that is larger than 8 GB.");
    }
  }

  private String longName() throws IOException {
    String name = new String(small(), StandardCharsets.UTF_8);
    int end = name.indexOf('\0');
    return end < 0 ? name : name.substring(0, end);
  }

  private byte[] small() throws IOException {
    if (left > LONGEST_NAME) {
      throw new IOException("The tar file has a name of %d bytes.".formatted(left));
    }
    return content().readAllBytes();
  }

  /** The content of the entry that {@link #next} gave last. */
  public InputStream content() {
    return new Content();
  }

  private final class Content extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(bytes, offset, (int) Math.min(count, left));
      if (read < 0) {
        throw new EOFException("The tar file is cut off.");
      }
      left -= read;
      return read;
    }
  }
}
