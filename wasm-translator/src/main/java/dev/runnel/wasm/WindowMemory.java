package dev.runnel.wasm;

import java.util.Arrays;
import java.util.Objects;

/**
 * A linear memory that is part of another one: the memory of a module that a guest runs, inside of
 * the guest's own. What both see is the same bytes. Translated code reaches it through {@link
 * WindowAccess}.
 *
 * <p>Whoever owns the memory around it says where the window lies, and moves it when it grows.
 *
 * <p>Confined to the thread of that memory.
 */
public final class WindowMemory extends LinearMemory {
  private static final int PAGE_SHIFT = 16;

  final FlatMemory owner;
  final WindowHost host;
  private final int initialPages;
  private final long maximumPages;
  private final boolean shared;

  /** Where in the owner's memory the window starts, and its size, both in bytes. */
  int start;

  int size;

  /** The module's stack pointer where the translator keeps it here instead of in a global. */
  int stackPointer;

  /** A window without any bytes yet. */
  public WindowMemory(
      FlatMemory owner, WindowHost host, int initialPages, long maximumPages, boolean shared) {
    this.owner = owner;
    this.host = host;
    this.initialPages = initialPages;
    this.maximumPages = maximumPages;
    this.shared = shared;
  }

  /**
   * Says where the window lies from now on.
   *
   * @throws IndexOutOfBoundsException if that isn't inside of the memory around it
   */
  public void moveTo(int address, int bytes) {
    start = Objects.checkFromIndexSize(address, bytes, owner.size());
    size = bytes;
  }

  public int sizeBytes() {
    return size;
  }

  @Override
  public int stackPointer() {
    return stackPointer;
  }

  @Override
  public void setStackPointer(int address) {
    stackPointer = address;
  }

  // ---- Size ----

  @Override
  public int pages() {
    return size >>> PAGE_SHIFT;
  }

  /** Grows by {@code delta} pages (u32); the old size in pages, or -1 if that can't be. */
  @Override
  public int grow(int delta) {
    int before = pages();
    long wanted = before + Integer.toUnsignedLong(delta);
    if (wanted > maximumPages()) {
      return -1;
    }
    return host.resize(this, (int) wanted) ? before : -1;
  }

  @Override
  public int initialPages() {
    return initialPages;
  }

  /** What there can be; a program may have said more. */
  @Override
  public int maximumPages() {
    return (int) Math.min(maximumPages, RUNTIME_MAX_PAGES);
  }

  @Override
  void initFrom(byte[] data, int destination, int source, int count) {
    checkRange(source, count, data.length);
    checkRange(destination, count, size);
    System.arraycopy(data, source, owner.bytes(), start + destination, count);
  }

  @Override
  int length() {
    return size;
  }

  // ---- Bulk access; addresses and counts are u32 ----

  @Override
  public void copy(int destination, int source, int count) {
    checkRange(source, count, size);
    checkRange(destination, count, size);
    byte[] bytes = owner.bytes();
    System.arraycopy(bytes, start + source, bytes, start + destination, count);
  }

  void fillBytes(int address, byte value, int count) {
    checkRange(address, count, size);
    Arrays.fill(owner.bytes(), start + address, start + address + count, value);
  }

  @Override
  public void fill(byte value, int from, int to) {
    fillBytes(from, value, to - from);
  }

  @Override
  public void zero() {
    fillBytes(0, (byte) 0, size);
  }

  @Override
  public void write(int address, byte[] source, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, source.length);
    checkRange(address, count, size);
    System.arraycopy(source, offset, owner.bytes(), start + address, count);
  }

  @Override
  public byte[] readBytes(int address, int count) {
    checkRange(address, count, size);
    return Arrays.copyOfRange(owner.bytes(), start + address, start + address + count);
  }

  // ---- Single values, as the host sees them ----

  @Override
  public byte read(int address) {
    return WindowAccess.memoryReadByte(address, this);
  }

  @Override
  public void writeByte(int address, byte value) {
    WindowAccess.memoryWriteByte(address, value, this);
  }

  @Override
  public short readShort(int address) {
    return WindowAccess.memoryReadShort(address, this);
  }

  @Override
  public void writeShort(int address, short value) {
    WindowAccess.memoryWriteShort(address, value, this);
  }

  @Override
  public int readInt(int address) {
    return WindowAccess.memoryReadInt(address, this);
  }

  @Override
  public void writeI32(int address, int value) {
    WindowAccess.memoryWriteInt(address, value, this);
  }

  @Override
  public long readLong(int address) {
    return WindowAccess.memoryReadLong(address, this);
  }

  @Override
  public void writeLong(int address, long value) {
    WindowAccess.memoryWriteLong(address, value, this);
  }

  @Override
  public float readFloat(int address) {
    return WindowAccess.memoryReadFloat(address, this);
  }

  @Override
  public void writeF32(int address, float value) {
    WindowAccess.memoryWriteFloat(address, value, this);
  }

  @Override
  public double readDouble(int address) {
    return WindowAccess.memoryReadDouble(address, this);
  }

  @Override
  public void writeF64(int address, double value) {
    WindowAccess.memoryWriteDouble(address, value, this);
  }

  @Override
  public boolean shared() {
    return shared;
  }
}
