package dev.runnel.quickjs.build;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.runnel.quickjs.jit.Opcodes;
import dev.runnel.translator.binary.FunctionIndex;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds the functions that compiled JavaScript calls: exported ones by name, the others as what the
 * interpreter calls in the code of a certain instruction. Each must have the type that C gives it,
 * and where several instructions call it, it must be the same one.
 */
final class JitFunctions {
  static final String FILE = "functions.properties";

  private final FunctionIndex functions;
  private final DispatchTable table;
  private final DataSegments data;
  private final TreeMap<String, Integer> found = new TreeMap<>();

  private JitFunctions(byte[] module) {
    functions = FunctionIndex.of(module);
    table = DispatchTable.of(functions);
    data = new DataSegments(module);
  }

  /**
   * What the engine reads at run time; nothing, with a warning, if the module isn't as expected.
   */
  static byte[] of(byte[] module) {
    try {
      JitFunctions search = new JitFunctions(module);
      if (!new OpcodeTable(search.data).isAsExpected()) {
        throw new IllegalStateException("The table of instructions is another one.");
      }
      search.findAll();
      return search.found.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
          .collect(Collectors.joining())
          .getBytes(US_ASCII);
    } catch (IllegalStateException different) {
      System.err.println("Warning: there is no JIT. " + different.getMessage());
      return new byte[0];
    }
  }

  private void findAll() {
    found.put("JS_CallInternal", table.function());
    expect("JS_CallInternal", "illliii>l");
    exported("JS_CallConstructor2", "illii>l");
    exported("JS_FreeValueRT", "il>");
    exported("JS_GetPropertyValue", "ill>l");
    exported("JS_SetPropertyValue", "illli>i");
    exported("JS_DefinePropertyValue", "ilili>i");
    exported("JS_AtomToString", "ii>l");
    exported("JS_AtomToValue", "ii>l");
    exported("JS_ToBool", "il>i");
    exported("JS_ToObject", "il>l");
    exported("JS_ToPropertyKey", "il>l");
    exported("JS_IsInstanceOf", "ill>i");
    exported("JS_NewObject", "i>l");
    exported("JS_NewArrayFrom", "iii>l");
    exported("JS_Throw", "il>l");
    called("js_poll_interrupts", "i>i", 0, "goto", "goto8", "goto16");
    called("close_var_refs", "ii>", 0, "return_undef");
    called("close_var_ref", "ii>", 0, "close_loc");
    called("js_closure", "ilii>l", 0, "fclosure", "fclosure8");
    called("JS_GetPropertyInternal", "ilili>l", 1, "get_field", "get_field2");
    called("JS_SetPropertyInternal2", "ililli>i", 3, "put_field");
    called("js_add_slow", "ii>i", 0, "add");
    called("js_relational_slow", "iii>i", 0, "lt", "lte", "gt", "gte");
    called("js_eq_slow", "iii>i", 0, "eq", "neq");
    called("js_strict_eq_slow", "iii>", 0, "strict_eq", "strict_neq");
    called("js_operator_typeof", "il>i", 0, "typeof", "typeof_is_undefined", "typeof_is_function");
    called("js_create_array", "iii>l", 0, "rest");
    called("js_for_of_start", "iii>i", 0, "for_of_start", "for_await_of_start");
    called("JS_IteratorNext", "illiii>l", 0, "for_of_next");
    if (!calls("typeof").contains(found.get("JS_AtomToString"))) {
      throw new IllegalStateException("typeof makes its text in another way.");
    }
  }

  private void exported(String name, String type) {
    found.put(
        name,
        functions
            .exported(name)
            .orElseThrow(() -> new IllegalStateException("There is no %s.".formatted(name))));
    expect(name, type);
  }

  /**
   * @param nth which of the calls in the instructions' code it is
   */
  private void called(String name, String type, int nth, String... instructions) {
    List<Integer> candidates =
        List.of(instructions).stream()
            .map(this::calls)
            .map(calls -> nth < calls.size() ? calls.get(nth) : -1)
            .distinct()
            .toList();
    if (candidates.size() != 1 || candidates.getFirst() < 0) {
      throw new IllegalStateException("%s is one of %s.".formatted(name, candidates));
    }
    found.put(name, candidates.getFirst());
    expect(name, type);
  }

  private List<Integer> calls(String instruction) {
    return table.calls(Opcodes.named(instruction).number(), data);
  }

  private void expect(String name, String type) {
    if (!functions.type(found.getOrDefault(name, 0)).equals(Signature.of(type))) {
      throw new IllegalStateException("%s has another type.".formatted(name));
    }
  }
}
