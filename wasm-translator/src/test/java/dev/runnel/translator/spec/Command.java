package dev.runnel.translator.spec;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** One line of what assemble.mjs makes of a test script. */
sealed interface Command {
  int line();

  /** Instantiates a module, which becomes the current one. */
  record Module(int line, String name, String file) implements Command {}

  /** Offers a module's exports for import. */
  record Register(int line, String module, String as) implements Command {}

  /** A call or a read of a global. */
  record Action(boolean invokes, String module, String field, List<String> arguments) {}

  /** Performs an action for its effect. */
  record Do(int line, Action action) implements Command {}

  record Returns(int line, Action action, List<String> results) implements Command {}

  /** The action must end with this trap, or any trap if the message is empty. */
  record Traps(int line, Action action, String message) implements Command {}

  record Exhausts(int line, Action action) implements Command {}

  record Throws(int line, Action action) implements Command {}

  /** The module must not instantiate. */
  record Fails(int line, String file) implements Command {}

  /** What the assembler or this harness can't express. */
  record Skipped(int line, String head, String reason) implements Command {}

  static Command parse(String text) {
    List<String> fields =
        Arrays.stream(text.split("\t", -1))
            .map(field -> URLDecoder.decode(field.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
    int line = Integer.parseInt(fields.get(1));
    return switch (fields.get(0)) {
      case "module" -> new Module(line, fields.get(2), fields.get(3));
      case "register" -> new Register(line, fields.get(2), fields.get(3));
      case "do" -> new Do(line, action(fields));
      case "return" -> new Returns(line, action(fields), words(fields.get(6)));
      case "trap" -> new Traps(line, action(fields), fields.get(6));
      case "exhaustion" -> new Exhausts(line, action(fields));
      case "exception" -> new Throws(line, action(fields));
      case "uninstantiable", "unlinkable" -> new Fails(line, fields.get(2));
      case "skip" -> new Skipped(line, fields.get(2), fields.get(3));
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Action action(List<String> fields) {
    return new Action(
        fields.get(2).equals("invoke"), fields.get(3), fields.get(4), words(fields.get(5)));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}
