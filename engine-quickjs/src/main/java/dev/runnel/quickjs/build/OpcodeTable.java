package dev.runnel.quickjs.build;

import dev.runnel.quickjs.jit.Opcodes;
import dev.runnel.quickjs.jit.Opcodes.Opcode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds QuickJS's own table of its instructions in the engine's data and compares it with {@link
 * Opcodes}. An entry is the address of the name, then a byte each for size, pops, pushes and
 * format. Between the long forms and the short ones are those that only the parser uses.
 */
final class OpcodeTable {
  private static final int ENTRY = 8;
  private static final int MOST_OF_THE_PARSER = 40;

  private final DataSegments data;
  private final List<Opcode> opcodes = Opcodes.all();
  private final int longForms = Opcodes.named("nop").number() + 1;

  OpcodeTable(DataSegments data) {
    this.data = data;
  }

  /** Whether there is exactly one table that says what {@link Opcodes} says. */
  boolean isAsExpected() {
    return IntStream.range(0, data.size() / 4 - (opcodes.size() + MOST_OF_THE_PARSER) * ENTRY / 4)
            .map(word -> word * 4)
            .filter(this::isTable)
            .count()
        == 1;
  }

  private boolean isTable(int at) {
    return matches(at, 0, longForms)
        && IntStream.range(0, MOST_OF_THE_PARSER)
            .anyMatch(gap -> matches(at + gap * ENTRY, longForms, opcodes.size()))
        && hasOneNumberForEachFormat(at);
  }

  private boolean matches(int table, int from, int to) {
    return IntStream.range(from, to).allMatch(i -> matches(table + i * ENTRY, opcodes.get(i)));
  }

  private boolean matches(int at, Opcode opcode) {
    return data.readByte(at + 4) == opcode.size()
        && data.readByte(at + 5) == opcode.pops()
        && data.readByte(at + 6) == opcode.pushes()
        && data.readText(data.readInt(at)).equals(opcode.name());
  }

  private boolean hasOneNumberForEachFormat(int at) {
    Map<String, Integer> numbers = new HashMap<>();
    return IntStream.range(0, longForms)
        .allMatch(
            i -> {
              int number = data.readByte(at + i * ENTRY + 7);
              return numbers.computeIfAbsent(opcodes.get(i).format(), _ -> number) == number;
            });
  }
}
