package dev.runnel.quickjs;

import java.nio.ByteBuffer;

/**
 * Where QuickJS keeps the bytes of ArrayBuffers, typed arrays and DataViews.
 *
 * <pre>
 * object       10  u16  class        24  u32  the structs below
 * ArrayBuffer   0  u32  byte length  8  u8  detached   12  u32  address of the bytes
 * view         12  u32  its ArrayBuffer object   16  u32  offset   20  u32  byte length
 *              24  u8   follows the length of a resizable buffer
 * </pre>
 *
 * {@link LayoutCheck} compares what this class reads with what JavaScript says of objects of each
 * kind.
 *
 * @see <a href="https://github.com/quickjs-ng/quickjs/blob/master/quickjs.c">quickjs.c, structs
 *     JSObject, JSArrayBuffer, JSTypedArray</a>
 */
final class BytesLayout {
  static final int CLASS_ARRAY_BUFFER = 20;
  static final int CLASS_SHARED_ARRAY_BUFFER = 21;
  static final int CLASS_FIRST_VIEW = 22;
  static final int CLASS_DATA_VIEW = 34;

  private static final int OBJECT_CLASS = 10;
  private static final int OBJECT_DATA = 24;
  private static final int BUFFER_LENGTH = 0;
  private static final int BUFFER_DETACHED = 8;
  private static final int BUFFER_SHARED = 10;
  private static final int BUFFER_BYTES = 12;
  private static final int VIEW_BUFFER = 12;
  private static final int VIEW_OFFSET = 16;
  private static final int VIEW_LENGTH = 20;
  private static final int VIEW_TRACKS = 24;

  private BytesLayout() {}

  static int classId(Guest guest, int object) {
    return guest.readUnsignedShort(object + OBJECT_CLASS);
  }

  static boolean isBuffer(int classId) {
    return classId == CLASS_ARRAY_BUFFER || classId == CLASS_SHARED_ARRAY_BUFFER;
  }

  static boolean isView(int classId) {
    return classId >= CLASS_FIRST_VIEW && classId <= CLASS_DATA_VIEW;
  }

  /** A window over a buffer's bytes; a detached one has none. */
  static ByteBuffer buffer(Guest guest, int object) {
    int buffer = guest.readInt(object + OBJECT_DATA);
    return guest.window(guest.readInt(buffer + BUFFER_BYTES), lengthOf(guest, buffer));
  }

  /** A window over a view's bytes; one that lies outside of its buffer has none. */
  static ByteBuffer view(Guest guest, int object) {
    int view = guest.readInt(object + OBJECT_DATA);
    int buffer = guest.readInt(guest.readInt(view + VIEW_BUFFER) + OBJECT_DATA);
    long bufferLength = lengthOf(guest, buffer);
    int offset = guest.readInt(view + VIEW_OFFSET);
    long rest = bufferLength - Integer.toUnsignedLong(offset);
    boolean tracks = guest.bytes()[view + VIEW_TRACKS] != 0;
    long length = tracks ? rest : Integer.toUnsignedLong(guest.readInt(view + VIEW_LENGTH));
    return rest < 0 || length > rest
        ? ByteBuffer.allocate(0)
        : guest.window(guest.readInt(buffer + BUFFER_BYTES) + offset, (int) length);
  }

  /**
   * Marks an ArrayBuffer as one that {@code transfer()} refuses, as QuickJS does for shared ones.
   */
  static void forbidTransfer(Guest guest, int object) {
    guest.bytes()[guest.readInt(object + OBJECT_DATA) + BUFFER_SHARED] = 1;
  }

  /** Takes that mark off. */
  static void allowTransfer(Guest guest, int object) {
    guest.bytes()[guest.readInt(object + OBJECT_DATA) + BUFFER_SHARED] = 0;
  }

  /** Where a buffer's bytes are. */
  static int address(Guest guest, int object) {
    return guest.readInt(guest.readInt(object + OBJECT_DATA) + BUFFER_BYTES);
  }

  private static int lengthOf(Guest guest, int buffer) {
    boolean detached = guest.bytes()[buffer + BUFFER_DETACHED] != 0;
    return detached ? 0 : guest.readInt(buffer + BUFFER_LENGTH);
  }
}
