package dev.runnel.quickjs.build;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ActiveDataSegment;

/** A module's data as its memory begins with it. */
final class DataSegments {
  private static final int BYTES = 2 << 20;

  private final byte[] memory = new byte[BYTES];

  DataSegments(byte[] wasm) {
    WasmModule module = Parser.parse(wasm);
    for (int i = 0; i < module.dataSection().dataSegmentCount(); i++) {
      if (module.dataSection().getDataSegment(i) instanceof ActiveDataSegment segment) {
        int offset = (int) segment.offsetInstructions().getFirst().operand(0);
        System.arraycopy(segment.data(), 0, memory, offset, segment.data().length);
      }
    }
  }

  int readInt(int address) {
    return ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN).getInt(address);
  }

  int readByte(int address) {
    return memory[address] & 0xff;
  }

  /** The characters up to a 0; none for an address outside. */
  String readText(int address) {
    StringBuilder text = new StringBuilder();
    for (int at = address; at > 0 && at < memory.length && memory[at] != 0; at++) {
      text.append((char) memory[at]);
    }
    return text.toString();
  }

  int size() {
    return memory.length;
  }
}
