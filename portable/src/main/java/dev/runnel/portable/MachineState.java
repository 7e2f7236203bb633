package dev.runnel.portable;

import dev.runnel.portable.PackedMemory.Piece;
import dev.runnel.translator.binary.ByteReader;
import dev.runnel.translator.binary.ByteWriter;
import dev.runnel.translator.binary.Sections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that a program at work is, between calls.
 *
 * @param memory whole pages
 * @param globals the module's own, in order; the last is for {@link PackedMemory}
 */
@SuppressWarnings("ArrayRecordComponent")
public record MachineState(byte[] memory, List<Long> globals) {
  private static final int PAGE = 64 << 10;

  /** Fewer zeros than that between two pieces of data cost less than a segment of their own. */
  private static final int LEAST_GAP = 20;

  private static final int I32 = 0x7f;
  private static final int I32_CONST = 0x41;
  private static final int I64_CONST = 0x42;
  private static final int END = 0x0b;

  public MachineState {
    globals = List.copyOf(globals);
  }

  /** Where a file that {@link #writeInto} made begins. */
  public static MachineState of(byte[] wasm) {
    Sections sections = Sections.parse(wasm);
    ByteReader limits = sections.reader(Sections.MEMORY);
    limits.u32();
    limits.u8();
    byte[] memory = new byte[limits.u32() * PAGE];
    ByteReader data = sections.reader(Sections.DATA);
    for (int count = data.u32(); count > 0; count--) {
      data.u32();
      int at = (int) constant(data);
      byte[] bytes = data.take(data.u32());
      System.arraycopy(bytes, 0, memory, at, bytes.length);
    }
    List<Long> globals = new ArrayList<>();
    ByteReader declared = sections.reader(Sections.GLOBAL);
    for (int count = declared.u32(); count > 0; count--) {
      declared.u8();
      declared.u8();
      globals.add(constant(declared));
    }
    return new MachineState(memory, globals);
  }

  private static long constant(ByteReader in) {
    int opcode = in.u8();
    long value = opcode == I64_CONST ? in.s64() : in.s32();
    in.u8();
    return value;
  }

  /**
   * The module with this state for its first one, and without exports but for those.
   *
   * @param maximumPages how large its memory may become
   */
  public byte[] writeInto(byte[] module, Set<String> exports, int maximumPages) {
    Sections sections = Sections.parse(module);
    sections.removeCustom();
    int pages = memory.length / PAGE;
    sections.put(
        Sections.MEMORY,
        new ByteWriter().u32(1).u8(1).u32(pages).u32(Math.max(pages, maximumPages)).toBytes());
    Optional<List<Piece>> packed = PackedMemory.of(memory);
    List<Long> values = new ArrayList<>(globals);
    values.set(values.size() - 1, packed.isPresent() ? (long) PackedMemory.AT : 0);
    sections.put(Sections.GLOBAL, globalSection(sections.reader(Sections.GLOBAL), values));
    sections.put(Sections.EXPORT, exportSection(sections.reader(Sections.EXPORT), exports));
    List<Piece> pieces = packed.orElseGet(this::pieces);
    if (sections.has(Sections.DATA_COUNT)) {
      sections.put(Sections.DATA_COUNT, new ByteWriter().u32(pieces.size()).toBytes());
    }
    ByteWriter data = new ByteWriter().u32(pieces.size());
    for (Piece piece : pieces) {
      data.u8(0).u8(I32_CONST).signed(piece.address()).u8(END).sized(piece.bytes());
    }
    sections.put(Sections.DATA, data.toBytes());
    return sections.toBytes();
  }

  private static byte[] globalSection(ByteReader old, List<Long> values) {
    int count = old.u32();
    ByteWriter out = new ByteWriter().u32(count);
    for (int i = 0; i < count; i++) {
      int type = old.u8();
      int mutable = old.u8();
      constant(old);
      boolean narrow = type == I32;
      out.u8(type).u8(mutable).u8(narrow ? I32_CONST : I64_CONST);
      out.signed(narrow ? values.get(i).intValue() : values.get(i)).u8(END);
    }
    return out.toBytes();
  }

  private static byte[] exportSection(ByteReader old, Set<String> wanted) {
    ByteWriter kept = new ByteWriter();
    int count = 0;
    for (int left = old.u32(); left > 0; left--) {
      String name = old.name();
      int kind = old.u8();
      int index = old.u32();
      if (wanted.contains(name)) {
        kept.name(name).u8(kind).u32(index);
        count++;
      }
    }
    return new ByteWriter().u32(count).bytes(kept.toBytes()).toBytes();
  }

  /** What isn't zero. */
  private List<Piece> pieces() {
    List<Piece> found = new ArrayList<>();
    int at = 0;
    while (true) {
      while (at < memory.length && memory[at] == 0) {
        at++;
      }
      if (at == memory.length) {
        return found;
      }
      int end = endOfData(at);
      found.add(new Piece(at, Arrays.copyOfRange(memory, at, end)));
      at = end;
    }
  }

  private int endOfData(int start) {
    int last = start;
    for (int at = start; at < memory.length && at - last <= LEAST_GAP; at++) {
      if (memory[at] != 0) {
        last = at;
      }
    }
    return last + 1;
  }
}
