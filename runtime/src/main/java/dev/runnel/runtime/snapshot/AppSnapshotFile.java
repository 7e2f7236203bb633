package dev.runnel.runtime.snapshot;

import dev.runnel.engine.BadSnapshotException;
import dev.runnel.engine.Engine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.TreeMap;

/**
 * An {@link AppSnapshot} as bytes: a magic number, the files and their digests, the registrations,
 * the heap, and a SHA-256 of all that.
 */
final class AppSnapshotFile {
  private static final int MAGIC = 0x524e4c31;
  private static final int DIGEST_BYTES = 32;
  private static final int MAX_ENTRIES = 100_000;

  private AppSnapshotFile() {}

  static byte[] write(AppSnapshot app) throws IOException {
    byte[] heap = app.heap().toBytes();
    var bytes = new ByteArrayOutputStream(heap.length + 4096);
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(app.files().size());
      for (var file : app.files().entrySet()) {
        out.writeUTF(file.getKey());
        out.writeUTF(file.getValue());
      }
      out.writeBoolean(app.answersFetch());
      out.writeInt(app.ports().size());
      for (var port : app.ports().entrySet()) {
        out.writeInt(port.getKey());
        out.writeUTF(port.getValue().host());
        out.writeInt(port.getValue().port());
      }
      out.writeInt(heap.length);
      out.write(heap);
    }
    byte[] content = bytes.toByteArray();
    bytes.writeBytes(Sha256.digest(content, content.length));
    return bytes.toByteArray();
  }

  static AppSnapshot read(byte[] bytes, Engine engine) throws BadSnapshotException {
    int end = bytes.length - DIGEST_BYTES;
    if (end < 0
        || !Arrays.equals(
            Sha256.digest(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length))) {
      throw new BadSnapshotException("The snapshot is damaged: its digest doesn't match.");
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end))) {
      return read(in, engine);
    } catch (IOException e) {
      throw new BadSnapshotException("The snapshot is damaged: it is cut off.");
    }
  }

  private static AppSnapshot read(DataInputStream in, Engine engine)
      throws IOException, BadSnapshotException {
    if (in.readInt() != MAGIC) {
      throw new BadSnapshotException("The file is no snapshot of this version.");
    }
    var files = new LinkedHashMap<String, String>();
    for (int count = entries(in); count > 0; count--) {
      files.put(in.readUTF(), in.readUTF());
    }
    boolean answersFetch = in.readBoolean();
    var ports = new TreeMap<Integer, AppSnapshot.Port>();
    for (int count = entries(in); count > 0; count--) {
      ports.put(in.readInt(), new AppSnapshot.Port(in.readUTF(), in.readInt()));
    }
    int length = in.readInt();
    if (length != in.available()) {
      throw new BadSnapshotException("The snapshot is damaged: its heap has the wrong length.");
    }
    return new AppSnapshot(engine.snapshot(in.readAllBytes()), files, answersFetch, ports);
  }

  private static int entries(DataInputStream in) throws IOException, BadSnapshotException {
    int count = in.readInt();
    if (count < 0 || count > MAX_ENTRIES) {
      throw new BadSnapshotException(
          "The snapshot is damaged: it claims %d entries.".formatted(count));
    }
    return count;
  }
}
