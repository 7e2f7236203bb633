package dev.runnel.quickjs.jit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * QuickJS's instructions, in the order of their numbers. The build compares all but the names with
 * the table in the engine's own data.
 */
public final class Opcodes {
  private static final List<Opcode> ALL = read();
  private static final Map<String, Opcode> BY_NAME =
      ALL.stream().collect(Collectors.toMap(Opcode::name, Function.identity()));

  /**
   * One instruction.
   *
   * @param size bytes, with the operand
   * @param pops values taken off the stack, beside those that the operand tells
   * @param format what the operand is
   */
  public record Opcode(int number, String name, int size, int pops, int pushes, String format) {}

  private Opcodes() {}

  public static List<Opcode> all() {
    return ALL;
  }

  public static Opcode named(String name) {
    return Objects.requireNonNull(BY_NAME.get(name), name);
  }

  private static List<Opcode> read() {
    try (InputStream in = Opcodes.class.getResourceAsStream("opcodes.txt");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.US_ASCII))) {
      return lines.lines().map(Opcodes::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Opcode parse(String line) {
    String[] words = line.split(" ");
    return new Opcode(
        Integer.parseInt(words[0]),
        words[1],
        Integer.parseInt(words[2]),
        Integer.parseInt(words[3]),
        Integer.parseInt(words[4]),
        words[5]);
  }
}
