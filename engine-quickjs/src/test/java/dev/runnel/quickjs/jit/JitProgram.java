package dev.runnel.quickjs.jit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A random JavaScript program, the same for the same seed. It ends by itself, calls its functions
 * several times, and its completion value is a text of all that it saw: results, thrown errors with
 * their stacks, and what became of its objects.
 */
public final class JitProgram {
  private static final int FUNCTIONS = 4;
  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "-1",
          "2",
          "7",
          "2147483647",
          "-2147483648",
          "1.5",
          "-0",
          "NaN",
          "1e21",
          "''",
          "'a'",
          "'7'",
          "'xyz'",
          "true",
          "false",
          "null",
          "undefined",
          "[1, 2, 3]",
          "[]",
          "{ x: 1, y: 'q' }",
          "{ x: 2 }",
          "3n",
          "new P(4)",
          "shared",
          "'\\u0416'");
  private static final List<String> BINARY =
      List.of(
          "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>", "<", "<=", ">", ">=", "==",
          "!=", "===", "!==", "&&", "||", "??", "+", "+", "-", "<");
  private static final List<String> UNARY = List.of("-", "+", "!", "~", "typeof ", "void ");
  private static final List<String> NAMES = List.of("x", "y", "z", "length", "q");
  private static final List<String> ASSIGNMENTS =
      List.of("=", "+=", "-=", "*=", "|=", "??=", "||=");

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private final List<String> variables = new ArrayList<>();
  private final List<String> constants = new ArrayList<>();
  private int made;
  private int loops;
  private int breakable;

  private JitProgram(long seed) {
    random = new Random(seed);
  }

  public static String of(long seed) {
    return new JitProgram(seed).write();
  }

  private String write() {
    line("(() => {" + (random.nextBoolean() ? " 'use strict';" : ""));
    line(
        "let fuel = 2000; const out = []; let shared = { x: 5, y: [1], get z() { return this.x; } };");
    line("const spend = () => { if (fuel-- <= 0) throw new RangeError('fuel'); };");
    line("const shallow = (v) => typeof v == 'function' ? v.name : Object.is(v, -0) ? '-0'");
    line(
        "  : typeof v == 'object' && v ? Object.keys(v).length + (v.constructor ? v.constructor.name : '')");
    line("  : String(v).slice(0, 60);");
    line("const show = (v) => typeof v + ':' + shallow(v) + (typeof v == 'object' && v");
    line("  ? Object.entries(v).slice(0, 6).map(([k, w]) => k + shallow(w)).join() : '');");
    line(
        "const cut = (v) => typeof v == 'string' ? v.slice(0, 99) : typeof v == 'bigint' ? v % 999n");
    line("  : Array.isArray(v) && v.length > 20 ? [] : v;");
    line(
        "class P { constructor(a) { this.x = a; } get y() { return this.x; } set y(v) { this.x = v; }");
    line("  m(a) { return this.x + a; } static s(a) { return a; } }");
    for (int i = 0; i < FUNCTIONS; i++) {
      function(i);
    }
    line(
        "for (let round = 0; round < 6; round++) { shared.x = cut(shared.x); shared.q = cut(shared.q); shared.w = cut(shared.w);");
    for (int i = 0; i < FUNCTIONS; i++) {
      line("fuel = 200; try { out.push(show(f%d(%s))); } catch (e) {".formatted(i, arguments(0)));
      line(
          "  out.push(e instanceof Error ? e.name + e.message + e.stack : 'thrown ' + show(e)); }");
    }
    line("} out.push(show(shared)); return out.join('\\n'); })()");
    return text.toString();
  }

  private void line(String code) {
    text.append(code).append('\n');
  }

  private void function(int number) {
    variables.clear();
    constants.clear();
    variables.add("shared");
    List<String> parameters = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String name = "p" + i;
      variables.add(name);
      parameters.add(random.nextInt(5) == 0 ? name + " = " + value() : name);
    }
    if (random.nextInt(5) == 0) {
      variables.add("others");
      parameters.add("...others");
    }
    line("function f%d(%s) { spend();".formatted(number, String.join(", ", parameters)));
    statements(2 + random.nextInt(5), 3, number);
    line("return %s; }".formatted(expression(2, number)));
  }

  // ---- Statements ----

  private void statements(int count, int depth, int number) {
    int scope = variables.size();
    int constantScope = constants.size();
    for (int i = 0; i < count; i++) {
      statement(depth, number);
    }
    variables.subList(scope, variables.size()).clear();
    constants.subList(constantScope, constants.size()).clear();
  }

  private void statement(int depth, int number) {
    switch (random.nextInt(depth > 0 ? 20 : 8)) {
      case 0, 1 -> declare(number);
      case 2, 3, 4 -> line(assignment(number) + ";");
      case 5 -> line(expression(2, number) + ";");
      case 6 -> line("out.push(show(%s));".formatted(expression(2, number)));
      case 7 -> {
        if (breakable > 0) {
          line("if (%s) %s;".formatted(expression(1, number), pick(List.of("break", "continue"))));
        } else {
          line("if (%s) return %s;".formatted(expression(1, number), expression(1, number)));
        }
      }
      case 8, 9, 10 -> {
        line("if (%s) {".formatted(expression(2, number)));
        statements(2, depth - 1, number);
        line("} else {");
        statements(1, depth - 1, number);
        line("}");
      }
      case 11, 12 -> loop("for (let %1$s = 0; %1$s < %2$d; %1$s++) { spend();", depth, number);
      case 13 -> {
        String over = pick(List.of("[3, 'b', 1.5]", "'ab'", "shared.y", "new Set([1, 2])"));
        loop("for (const %s of " + over + ") { spend();", depth, number);
      }
      case 14 -> loop("for (const %s in shared) { spend();", depth, number);
      case 15 -> attempt(depth, number);
      case 16 -> {
        line("switch (%s) { case 1: case 'a': {".formatted(expression(1, number)));
        statements(1, depth - 1, number);
        line("} break; case %s: {".formatted(value()));
        statements(1, depth - 1, number);
        line("} default: {");
        statements(1, depth - 1, number);
        line("} }");
      }
      case 17 -> {
        String name = fresh("g");
        String parameter = fresh("a");
        int outside = breakable;
        breakable = 0;
        line("const %s = (%s) => { spend();".formatted(name, parameter));
        variables.add(parameter);
        statements(2, depth - 1, number);
        variables.remove(parameter);
        line("return %s; };".formatted(expression(1, number)));
        breakable = outside;
        line("out.push(show(%s(%s)));".formatted(name, expression(1, number)));
      }
      case 18 -> line("throw new TypeError(String(%s));".formatted(fallible(number)));
      default -> {
        int n = loops++;
        line("let w%d = 0; do { spend(); w%<d++;".formatted(n));
        breakable++;
        statements(2, depth - 1, number);
        breakable--;
        line("} while (w%d < 3);".formatted(n));
      }
    }
  }

  /** Thrown now and then only, so that most of a function runs. */
  private String fallible(int number) {
    return "fuel % 3 ? 0 : " + expression(1, number);
  }

  private void declare(int number) {
    String name = fresh("v");
    switch (random.nextInt(5)) {
      case 0 -> {
        line("const %s = %s;".formatted(name, expression(2, number)));
        constants.add(name);
      }
      case 1 -> {
        String second = fresh("v");
        line("let [%s, %s] = [%s, %s];".formatted(name, second, value(), expression(1, number)));
        variables.add(name);
        variables.add(second);
      }
      case 2 -> {
        line("let { x: %s = 3 } = Object(%s);".formatted(name, expression(1, number)));
        variables.add(name);
      }
      default -> {
        line("let %s = %s;".formatted(name, expression(2, number)));
        variables.add(name);
      }
    }
  }

  private String assignment(int number) {
    String target =
        switch (random.nextInt(4)) {
          case 0 -> "shared." + pick(List.of("x", "q", "w"));
          case 1 -> "shared.y[%d]".formatted(random.nextInt(4));
          default ->
              pick(
                  variables.subList(1, variables.size()).isEmpty()
                      ? List.of("shared.x")
                      : variables.subList(1, variables.size()));
        };
    return switch (random.nextInt(5)) {
      case 0 -> target + pick(List.of("++", "--"));
      case 1 -> pick(List.of("++", "--")) + target;
      default -> "%s %s cut(%s)".formatted(target, pick(ASSIGNMENTS), expression(2, number));
    };
  }

  private void loop(String head, int depth, int number) {
    String name = fresh("i");
    line(head.formatted(name, 1 + random.nextInt(4)));
    boolean changes = head.contains("let");
    breakable++;
    constants.add(name);
    statements(2, depth - 1, number);
    if (changes && random.nextInt(3) == 0) {
      line("shared.q = () => %s;".formatted(name));
    }
    constants.remove(name);
    breakable--;
    line("}");
  }

  private void attempt(int depth, int number) {
    line("try {");
    statements(2, depth - 1, number);
    boolean catches = random.nextInt(3) > 0;
    if (catches) {
      String name = fresh("e");
      line("} catch (%s) { out.push(String(%<s && %<s.message));".formatted(name));
      statements(1, depth - 1, number);
    }
    if (!catches || random.nextBoolean()) {
      line("} finally {");
      int outside = breakable;
      breakable = 0;
      statements(1, depth - 1, number);
      breakable = outside;
    }
    line("}");
  }

  // ---- Expressions ----

  private String expression(int depth, int number) {
    if (depth == 0) {
      return random.nextInt(3) == 0 ? value() : variable();
    }
    Supplier<String> less = () -> expression(depth - 1, number);
    return switch (random.nextInt(18)) {
      case 0, 1, 2, 3, 4 -> "(%s %s %s)".formatted(operand(less), pick(BINARY), operand(less));
      case 5 -> "(%s(%s))".formatted(pick(UNARY), less.get());
      case 6 -> "(%s ? %s : %s)".formatted(less.get(), less.get(), less.get());
      case 7 -> "(%s)?.%s".formatted(less.get(), pick(NAMES));
      case 8 -> "(%s ?? [])[%s]".formatted(less.get(), less.get());
      case 9 -> "f%d(%s)".formatted(random.nextInt(number + 1), arguments(depth - 1));
      case 10 -> "[%s, ...[%s]]".formatted(less.get(), less.get());
      case 11 -> "({ x: %s, %s: %s })".formatted(less.get(), pick(NAMES), less.get());
      case 12 -> "`t${show(%s)}`".formatted(less.get());
      case 13 -> "new P(%s).%s".formatted(less.get(), pick(List.of("x", "y", "m(1)")));
      case 14 ->
          "((a, b) => %s)(%s)".formatted(pick(List.of("a", "b", "[a, b]", "a === b")), less.get());
      case 15 -> "[1, 2, 3].map((a) => a + show(%s)).join()".formatted(less.get());
      case 16 -> "(%s instanceof P)".formatted(less.get());
      default -> less.get();
    };
  }

  /** {@code a ?? b || c} and {@code -a ** b} are errors without parentheses. */
  private static String operand(Supplier<String> expression) {
    return "(" + expression.get() + ")";
  }

  private String arguments(int depth) {
    List<String> given = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      given.add(depth <= 0 ? value() : expression(depth, 0));
    }
    return String.join(", ", given);
  }

  private String variable() {
    List<String> known = new ArrayList<>(variables);
    known.addAll(constants);
    return known.isEmpty() ? value() : pick(known);
  }

  private String value() {
    String value = pick(VALUES);
    return value.startsWith("{") ? "(" + value + ")" : value;
  }

  private String fresh(String prefix) {
    return prefix + made++;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
