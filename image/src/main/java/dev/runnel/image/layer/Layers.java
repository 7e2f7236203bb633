package dev.runnel.image.layer;

import dev.runnel.image.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Makes layers of files. */
public final class Layers {
  private Layers() {}

  /**
   * Writes a layer, packed.
   *
   * @return the digest of the layer unpacked, which an image's configuration names
   */
  public static Digest write(LayerFiles files, OutputStream to) throws IOException {
    var sha256 = Digest.sha256();
    var gzip = new Gzip(to);
    files.writeTo(new TarWriter(new DigestOutputStream(gzip, sha256)));
    gzip.finish();
    return Digest.of(sha256);
  }

  /** The JDK writes neither name nor time into the header. */
  private static final class Gzip extends GZIPOutputStream {
    private static final int BUFFER = 64 << 10;

    Gzip(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
