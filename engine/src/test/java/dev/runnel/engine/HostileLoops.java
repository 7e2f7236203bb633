package dev.runnel.engine;

import java.util.List;

/**
 * Programs that never end and spend their time inside of built-ins, most of them in one call that
 * runs no JavaScript. Each must stop soon after its isolate is interrupted.
 */
public final class HostileLoops {
  private static final String HUGE = "{ length: 2 ** 53 - 1 }";

  /** Built-ins that walk over what claims to have more elements than anybody could ever visit. */
  public static final List<String> HUGE_LENGTHS =
      List.of(
          "Array.prototype.reverse.call(" + HUGE + ")",
          "Array.prototype.copyWithin.call(" + HUGE + ", 0, 1)",
          "Array.prototype.sort.call(" + HUGE + ")",
          "[].concat({ length: 2 ** 53 - 1, [Symbol.isConcatSpreadable]: true })",
          "Array(2 ** 32 - 1).join()",
          "Array.prototype.indexOf.call(" + HUGE + ", 1)",
          "Array.prototype.lastIndexOf.call(" + HUGE + ", 1)",
          "Array.prototype.includes.call(" + HUGE + ", 1)",
          "Array.prototype.every.call(" + HUGE + ", Boolean)",
          "Array.prototype.some.call(" + HUGE + ", Boolean)",
          "Array.prototype.forEach.call(" + HUGE + ", Boolean)",
          "Array.prototype.filter.call(" + HUGE + ", Boolean)",
          "Array.prototype.reduce.call(" + HUGE + ", Boolean, 0)",
          "Array.prototype.reduceRight.call(" + HUGE + ", Boolean, 0)",
          "Array.prototype.flat.call(" + HUGE + ")",
          "Array.prototype.flatMap.call(" + HUGE + ", Boolean)",
          "Array.prototype.shift.call(" + HUGE + ")",
          "Array.prototype.unshift.call({ length: 2 ** 53 - 2 }, 1)",
          "Array.prototype.splice.call(" + HUGE + ", 0, 1)",
          "String.raw({ raw: { length: 2 ** 53 - 1 } })");

  public static final List<String> SCRIPTS =
      List.of(
          "Array.prototype.find.call(" + HUGE + ", Boolean)",
          "Array.prototype.findLastIndex.call(" + HUGE + ", Boolean)",
          "Iterator.from({ next: () => ({ done: false }) }).drop(Infinity).next()",
          "Iterator.from({ next: () => ({ done: false }) }).forEach(Boolean)",
          "/^(a+)+$/.test('a'.repeat(40) + 'b')",
          "/(x+x+)+y/.exec('x'.repeat(60))",
          "/^(?:\\p{L}*)*$/u.test('\\u00e9'.repeat(60) + '!')",
          "'a'.repeat(60).replace(/(a*)*b/g, '')",
          "for (const x = 7n ** 90000n; ; ) (x * x).toString()",
          "for (const x = 7n ** 200000n; ; ) x / 3n ** 60000n",
          "for (;;) 'ab'.repeat(300000).replaceAll('a', 'cc')",
          "for (;;) '\\u1e9b\\u0323'.repeat(100000).normalize('NFKD')",
          "for (const j = JSON.stringify(Array(100000).fill({ a: [1] })); ; ) JSON.parse(j)",
          "for (const a = Array(100000).fill({ a: [1] }); ; ) JSON.stringify(a)",
          "for (;;) new Float64Array(300000).map(Math.random).sort()",
          "for (;;) Array.from({ length: 100000 }, Math.random).sort()",
          "for (;;) encodeURIComponent('\\u20ac'.repeat(100000))",
          "for (;;) 'x,'.repeat(100000).split(',')",
          "for (;;) new Uint8Array(1e6).indexOf(1)",
          "for (const s = ';'.repeat(300000); ; ) Function(s)",
          "for (let i = 0; i < 1e6; i++) queueMicrotask(Boolean); for (;;) await 0",
          "const f = () => Promise.resolve().then(f); f()",
          "const m = new Map([[0, 0]]); m.forEach((v, k) => { m.delete(k); m.set(k + 1, 0) })",
          "const s = new Set([0]); for (const k of s) { s.delete(k); s.add(k + 1) }",
          "const o = {}; for (;;) Object.assign({}, Object.fromEntries(Object.entries(o)), [1, 2])");

  private HostileLoops() {}
}
