package dev.runnel.quickjs;

import dev.runnel.engine.BadSnapshotException;
import dev.runnel.engine.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A guest's whole memory with the registers and {@link Roots} that belong to it.
 *
 * <p>Written as a SHA-256 of the rest, a format word, the engine's digest, the roots and the
 * memory. What is read back is checked: a snapshot that another build made or that was damaged is
 * refused, and no number in it reaches outside of the guest's memory.
 */
final class QuickJsSnapshot implements Snapshot {
  private static final int FORMAT = 0x52514a31; // "RQJ1"
  private static final int PAGE = 1 << 16;
  private static final int DIGEST_BYTES = 32;

  private final byte[] image;
  private final int stackPointer;
  private final Roots roots;

  private QuickJsSnapshot(byte[] image, int stackPointer, Roots roots) {
    this.image = image;
    this.stackPointer = stackPointer;
    this.roots = roots;
  }

  static QuickJsSnapshot of(Guest guest, Roots roots) {
    return new QuickJsSnapshot(guest.bytes().clone(), guest.stackPointer(), roots);
  }

  Roots restoreInto(Guest guest) {
    guest.restore(image);
    guest.setStackPointer(stackPointer);
    return roots;
  }

  @Override
  public String engineDigest() {
    return EngineModule.digest();
  }

  @Override
  public int sizeBytes() {
    return image.length;
  }

  // ---- Bytes ----

  @Override
  public byte[] toBytes() {
    try {
      ByteArrayOutputStream body = new ByteArrayOutputStream(image.length + 4096);
      writeTo(new DataOutputStream(body));
      byte[] rest = body.toByteArray();
      ByteArrayOutputStream all = new ByteArrayOutputStream(rest.length + DIGEST_BYTES);
      all.writeBytes(sha256(rest, 0));
      all.writeBytes(rest);
      return all.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything but the checksum. */
  void writeTo(DataOutputStream out) throws IOException {
    out.writeInt(FORMAT);
    out.write(HexFormat.of().parseHex(engineDigest()));
    out.writeInt(stackPointer);
    out.writeInt(roots.runtime());
    out.writeInt(roots.context());
    out.writeLong(roots.primordials());
    out.writeInt(roots.mailbox().address());
    out.writeInt(roots.mailbox().length());
    out.writeLong(roots.mailbox().buffer());
    out.writeInt(roots.hostFunctions().size());
    for (String name : roots.hostFunctions()) {
      out.writeUTF(name);
    }
    out.writeInt(roots.registered().size());
    for (Map.Entry<String, Long> function : new TreeMap<>(roots.registered()).entrySet()) {
      out.writeUTF(function.getKey());
      out.writeLong(function.getValue());
    }
    out.writeInt(image.length);
    out.write(image);
  }

  static QuickJsSnapshot read(byte[] bytes) throws BadSnapshotException {
    if (bytes.length < DIGEST_BYTES
        || !MessageDigest.isEqual(
            sha256(bytes, DIGEST_BYTES), Arrays.copyOf(bytes, DIGEST_BYTES))) {
      throw new BadSnapshotException("The snapshot is damaged: its digest is wrong.");
    }
    try (DataInputStream in =
        new DataInputStream(
            new ByteArrayInputStream(bytes, DIGEST_BYTES, bytes.length - DIGEST_BYTES))) {
      return readFrom(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadSnapshotException("The snapshot is damaged: %s.".formatted(e.getMessage()));
    }
  }

  static QuickJsSnapshot readFrom(DataInputStream in) throws IOException, BadSnapshotException {
    if (in.readInt() != FORMAT) {
      throw new BadSnapshotException("The snapshot is of another format.");
    }
    String digest = HexFormat.of().formatHex(in.readNBytes(DIGEST_BYTES));
    if (!digest.equals(EngineModule.digest())) {
      throw new BadSnapshotException("The snapshot was made by another build of the engine.");
    }
    int stackPointer = in.readInt();
    Roots roots = readRoots(in);
    int size = in.readInt();
    check(size > 0 && size % PAGE == 0 && size == in.available(), "its memory has a wrong size");
    byte[] image = in.readNBytes(size);
    checkPointers(stackPointer, roots, size);
    return new QuickJsSnapshot(image, stackPointer, roots);
  }

  private static Roots readRoots(DataInputStream in) throws IOException, BadSnapshotException {
    int runtime = in.readInt();
    int context = in.readInt();
    long primordials = in.readLong();
    MailboxRegion.Place mailbox =
        new MailboxRegion.Place(in.readInt(), in.readInt(), in.readLong());
    List<String> functions = new ArrayList<>();
    for (int left = readCount(in); left > 0; left--) {
      functions.add(in.readUTF());
    }
    Map<String, Long> registered = new LinkedHashMap<>();
    for (int left = readCount(in); left > 0; left--) {
      registered.put(in.readUTF(), in.readLong());
    }
    return new Roots(runtime, context, primordials, mailbox, functions, registered);
  }

  private static int readCount(DataInputStream in) throws IOException, BadSnapshotException {
    int count = in.readInt();
    check(count >= 0 && count <= Short.MAX_VALUE + 1, "it has a wrong count");
    return count;
  }

  private static void checkPointers(int stackPointer, Roots roots, int size)
      throws BadSnapshotException {
    checkPointer(stackPointer, 0, size);
    checkPointer(roots.runtime(), 8, size);
    checkPointer(roots.context(), 8, size);
    checkObject(roots.primordials(), size);
    if (!roots.mailbox().equals(MailboxRegion.NOWHERE)) {
      checkObject(roots.mailbox().buffer(), size);
      checkPointer(roots.mailbox().address(), roots.mailbox().length(), size);
    }
    for (long function : roots.registered().values()) {
      checkObject(function, size);
    }
  }

  private static void checkObject(long value, int size) throws BadSnapshotException {
    check(Value.tag(value) == Value.TAG_OBJECT, "a root is no object");
    checkPointer(Value.payload(value), 8, size);
  }

  private static void checkPointer(int address, int length, int size) throws BadSnapshotException {
    check(
        address > 0 && address % 8 == 0 && length >= 0 && length <= size - address,
        "a pointer leads outside of its memory");
  }

  private static void check(boolean holds, String otherwise) throws BadSnapshotException {
    if (!holds) {
      throw new BadSnapshotException("The snapshot is damaged: %s.".formatted(otherwise));
    }
  }

  private static byte[] sha256(byte[] bytes, int from) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, from, bytes.length - from);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256.", e);
    }
  }
}
