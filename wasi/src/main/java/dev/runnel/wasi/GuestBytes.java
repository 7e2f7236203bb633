package dev.runnel.wasi;

import dev.runnel.wasi.Errno.Refusal;
import dev.runnel.wasm.FlatMemory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import run.endive.runtime.TrapException;

/** A program's memory as preview 1 lays things out in it. Addresses outside of it are traps. */
final class GuestBytes {
  /** As on Linux, see readv(2). */
  private static final int MOST_BUFFERS = 1_024;

  private static final int BUFFER_SIZE = 8;

  private final FlatMemory memory;

  GuestBytes(FlatMemory memory) {
    this.memory = memory;
  }

  /** Those bytes, not a copy: valid during the call. */
  ByteBuffer window(int address, int length) {
    long end = Integer.toUnsignedLong(address) + Integer.toUnsignedLong(length);
    if (end > memory.size()) {
      throw new TrapException("out of bounds memory access");
    }
    return ByteBuffer.wrap(memory.bytes(), address, length);
  }

  /** The buffers that a list of addresses and lengths names. */
  List<ByteBuffer> buffers(int address, int count) throws Refusal {
    if (count < 0 || count > MOST_BUFFERS) {
      throw Errno.INVAL.refusal();
    }
    List<ByteBuffer> buffers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = address + i * BUFFER_SIZE;
      buffers.add(window(readInt(at), readInt(at + 4)));
    }
    return buffers;
  }

  /** A path: UTF-8 without NUL. */
  String path(int address, int length) throws Refusal {
    try {
      String path = StandardCharsets.UTF_8.newDecoder().decode(window(address, length)).toString();
      if (path.indexOf('\0') >= 0) {
        throw Errno.ILSEQ.refusal();
      }
      return path;
    } catch (CharacterCodingException e) {
      throw Errno.ILSEQ.refusal();
    }
  }

  int readInt(int address) {
    return memory.readInt(address);
  }

  long readLong(int address) {
    return memory.readLong(address);
  }

  int readByte(int address) {
    return Byte.toUnsignedInt(memory.read(address));
  }

  int readShort(int address) {
    return Short.toUnsignedInt(memory.readShort(address));
  }

  void writeInt(int address, int value) {
    memory.writeI32(address, value);
  }

  void writeLong(int address, long value) {
    memory.writeLong(address, value);
  }

  void writeByte(int address, int value) {
    memory.writeByte(address, (byte) value);
  }

  void writeShort(int address, int value) {
    memory.writeShort(address, (short) value);
  }

  void write(int address, byte[] bytes) {
    memory.write(address, bytes, 0, bytes.length);
  }
}
