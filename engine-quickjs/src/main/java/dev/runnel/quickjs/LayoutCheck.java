package dev.runnel.quickjs;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Compares what Java reads straight from the heap with what JavaScript says, on objects of every
 * kind. Run on the base heap whenever that is made, so a heap laid out differently fails the build.
 */
final class LayoutCheck {
  private static final List<String> STRINGS =
      List.of(
          "''",
          "'plain'",
          "'caf\\u00e9'",
          "'\\u20ac\\ud800'",
          "'abcdefgh'.repeat(3000).slice(3, 20000)",
          "'\\u20acbcdefgh'.repeat(3000).slice(3, 20000)",
          "['a'.repeat(9000), '\\u0416'.repeat(9000)].join('-')",
          "String(Symbol('described').description)");

  private static final List<String> NUMBERS =
      List.of("0", "-1", "2147483647", "-2147483647", "1.5", "-0.1", "1e300", "Infinity");

  /** Each yields the bytes 1, 2, 3. */
  private static final List<String> BYTES =
      List.of(
          "new Uint8Array([1, 2, 3])",
          "new Uint8Array([1, 2, 3]).buffer",
          "new Uint8ClampedArray([1, 2, 3])",
          "new Uint16Array([0, 513, 3]).subarray(1).buffer.slice(2, 5)",
          "new Uint8Array([0, 1, 2, 3, 0]).subarray(1, 4)",
          "new DataView(new Uint8Array([0, 1, 2, 3, 0]).buffer, 1, 3)",
          "(() => { const b = new ArrayBuffer(5, { maxByteLength: 9 });"
              + " const v = new Uint8Array(b, 1); v.set([1, 2, 3]); b.resize(4); return v })()",
          "(() => { const b = new SharedArrayBuffer(3); new Uint8Array(b).set([1, 2, 3]);"
              + " return b })()");

  private static final List<String> NO_BYTES =
      List.of(
          "new Uint8Array(0)",
          "(() => { const v = new Uint8Array(8); v.buffer.transfer(); return v })()",
          "(() => { const b = new ArrayBuffer(8, { maxByteLength: 8 });"
              + " const v = new Uint8Array(b, 4, 4); b.resize(6); return v })()");

  private static final List<String> OTHERS =
      List.of("{}", "[]", "() => 1", "new Map()", "new Date(0)", "Promise.resolve()", "/x/");

  private final Guest guest;
  private final QuickJs js;
  private final GuestText text;

  private LayoutCheck(Guest guest, QuickJs js) {
    this.guest = guest;
    this.js = js;
    this.text = new GuestText(guest, js);
  }

  /**
   * @throws IllegalStateException naming the first expression that is read wrong
   */
  static void run(Guest guest, QuickJs js) {
    LayoutCheck check = new LayoutCheck(guest, js);
    STRINGS.forEach(check::string);
    NUMBERS.forEach(check::number);
    BYTES.forEach(expression -> check.bytes(expression, new byte[] {1, 2, 3}));
    NO_BYTES.forEach(expression -> check.bytes(expression, new byte[0]));
    OTHERS.forEach(check::other);
  }

  private void string(String expression) {
    long string = evaluate(expression);
    long codes =
        evaluate(
            "Array.from({ length: ("
                + expression
                + ").length }, (_, i) => ("
                + expression
                + ").charCodeAt(i)).join()");
    StringBuilder read = new StringBuilder();
    text.read(string).chars().forEach(c -> read.append(read.isEmpty() ? "" : ",").append(c));
    expect(read.toString().equals(text.convert(codes)), expression);
    js.free(string);
    js.free(codes);
  }

  private void number(String expression) {
    long value = evaluate(expression);
    double number =
        Value.tag(value) == Value.TAG_INT ? Value.payload(value) : Value.toDouble(value);
    expect(number == Double.parseDouble(expression) && Value.of(number) == value, expression);
  }

  private void bytes(String expression, byte[] expected) {
    long object = evaluate(expression);
    int address = Value.payload(object);
    int classId = BytesLayout.classId(guest, address);
    expect(BytesLayout.isBuffer(classId) || BytesLayout.isView(classId), expression);
    ByteBuffer read =
        BytesLayout.isView(classId)
            ? BytesLayout.view(guest, address)
            : BytesLayout.buffer(guest, address);
    expect(read.equals(ByteBuffer.wrap(expected)), expression);
    js.free(object);
  }

  private void other(String expression) {
    long object = evaluate("(" + expression + ")");
    int classId = BytesLayout.classId(guest, Value.payload(object));
    expect(!BytesLayout.isBuffer(classId) && !BytesLayout.isView(classId), expression);
    expect(classId == js.classId(object), expression);
    js.free(object);
  }

  private long evaluate(String expression) {
    return js.evaluate("layout", GuestText.source(expression), QuickJs.EVAL_SCRIPT);
  }

  private static void expect(boolean holds, String expression) {
    if (!holds) {
      throw new IllegalStateException(
          "QuickJS lays out %s in another way than the engine reads it.".formatted(expression));
    }
  }
}
