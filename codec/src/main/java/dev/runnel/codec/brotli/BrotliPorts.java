package dev.runnel.codec.brotli;

import dev.runnel.codec.CodecInstance;
import java.nio.ByteBuffer;

/**
 * Where a stream function finds what it works on: all but the buffers are numbers that it reads and
 * sets.
 *
 * @param length of the input that is laid out
 * @param size of the room for output
 */
record BrotliPorts(CodecInstance instance, int length, int size) {

  /** Lays out what is left of the input, as far as one call may take it, and room for output. */
  static BrotliPorts open(CodecInstance instance, ByteBuffer from, ByteBuffer to) {
    int length = instance.load(from);
    int size = Math.min(to.remaining(), CodecInstance.PIECE);
    BrotliPorts ports = new BrotliPorts(instance, length, size);
    instance.write(ports.available(), length);
    instance.write(ports.taken(), 0);
    instance.write(ports.room(), size);
    instance.write(ports.given(), 0);
    return ports;
  }

  int available() {
    return instance.cell(0);
  }

  int taken() {
    return instance.cell(1);
  }

  int room() {
    return instance.cell(2);
  }

  int given() {
    return instance.cell(3);
  }

  /** A number besides, that the function counts in. */
  int total() {
    return instance.cell(4);
  }

  /** Takes over what was done, and answers how much came out. */
  int close(ByteBuffer from, ByteBuffer to) {
    int produced = instance.read(given());
    instance.done(from, instance.read(taken()), to, produced);
    return produced;
  }
}
