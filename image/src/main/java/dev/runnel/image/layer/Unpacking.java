package dev.runnel.image.layer;

import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks a layer that anybody may have made into a folder of its own. Only files and folders come
 * out of it, each below that folder; a link, a device or a name that leads elsewhere ends it.
 */
public final class Unpacking {
  /**
   * How much may come out of one layer.
   *
   * @param bytes of the unpacked tar file
   * @param ratio unpacked bytes for each packed one, counted from 64 MB on
   */
  public record Bounds(long bytes, long entries, long ratio) {
    public static final Bounds DEFAULT = new Bounds(2L << 30, 100_000, 250);
  }

  private static final long RATIO_FROM = 64L << 20;

  private final Path folder;
  private final Bounds bounds;

  public Unpacking(Path folder, Bounds bounds) {
    this.folder = folder;
    this.bounds = bounds;
  }

  /**
   * @param layer the packed layer
   * @param size of the packed layer
   * @param unpacked what the unpacked layer's digest must be
   */
  public void unpack(InputStream layer, long size, Digest unpacked)
      throws IOException, ImageException {
    MessageDigest sha256 = Digest.sha256();
    try (var tar = new Counted(new GZIPInputStream(layer, 64 << 10), sha256, size)) {
      entries(new TarReader(tar, bounds.entries()));
      tar.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (ZipException | EOFException e) {
      throw new ImageException(e, "A layer is truncated or damaged: %s.", e.getMessage());
    } catch (FileSystemException e) {
      throw e;
    } catch (TooLargeException e) {
      throw new ImageException(e, "%s", e.getMessage());
    }
    Digest found = Digest.of(sha256);
    if (!found.equals(unpacked)) {
      throw new ImageException(
          "A layer unpacks to %s, and the configuration says %s.", found, unpacked);
    }
  }

  private void entries(TarReader tar) throws IOException, ImageException {
    Optional<TarEntry> next = next(tar);
    while (next.isPresent()) {
      place(next.get(), tar);
      next = next(tar);
    }
  }

  private static Optional<TarEntry> next(TarReader tar) throws IOException, ImageException {
    try {
      return tar.next();
    } catch (ZipException | EOFException | TooLargeException e) {
      throw e;
    } catch (IOException e) {
      throw new ImageException(e, "A layer can't be unpacked: %s", e.getMessage());
    }
  }

  private void place(TarEntry entry, TarReader tar) throws IOException, ImageException {
    Path path = inside(entry);
    switch (entry.kind()) {
      case FOLDER -> Files.createDirectories(path);
      case FILE -> {
        Files.createDirectories(path.getParent());
        try (var out =
            Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          tar.content().transferTo(out);
        } catch (java.nio.file.FileAlreadyExistsException e) {
          throw new ImageException(e, "A layer has \"%s\" twice.", entry.name());
        }
      }
      case HARD_LINK, SYMBOLIC_LINK ->
          throw new ImageException(
              "A layer has a link, \"%s\" to \"%s\": only files and folders are unpacked.",
              entry.name(), entry.link());
      case OTHER ->
          throw new ImageException(
              "A layer has a device or the like, \"%s\": only files and folders are unpacked.",
              entry.name());
    }
  }

  private Path inside(TarEntry entry) throws ImageException {
    String name = entry.name();
    try {
      Path path = folder.resolve(name).normalize();
      boolean leads = name.startsWith("/") || name.contains("\\") || name.indexOf('\0') >= 0;
      for (String part : name.split("/")) {
        leads |= part.equals("..") || part.startsWith(".wh.");
      }
      if (!leads && path.startsWith(folder)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new ImageException(e, "A layer has a name that is no path, \"%s\".", name);
    }
    throw new ImageException("A layer has a name that leads out of its folder, \"%s\".", name);
  }

  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    TooLargeException(String sentence) {
      super(sentence);
    }
  }

  /** Counts and digests what comes out. */
  private final class Counted extends FilterInputStream {
    private final MessageDigest sha256;
    private final long packed;
    private long count;

    Counted(InputStream in, MessageDigest sha256, long packed) {
      super(in);
      this.sha256 = sha256;
      this.packed = packed;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read > 0) {
        sha256.update(bytes, offset, read);
        count += read;
        if (count > bounds.bytes()) {
          throw new TooLargeException(
              "A layer unpacks to more than %d bytes.".formatted(bounds.bytes()));
        }
        if (count > RATIO_FROM && count / bounds.ratio() > packed) {
          throw new TooLargeException(
              "A layer unpacks to more than %d times its size.".formatted(bounds.ratio()));
        }
      }
      return read;
    }

    /** Skipped bytes are digested too. */
    @Override
    public long skip(long bytes) throws IOException {
      return Math.max(0, read(new byte[(int) Math.min(bytes, 8192)]));
    }
  }
}
