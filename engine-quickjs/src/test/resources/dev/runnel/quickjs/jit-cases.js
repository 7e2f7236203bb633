// One function for each thing that compiled code does in a way of its own; JitTest runs them with
// and without the JIT. Strict and sloppy code get the same cases.
{
  const notes = [];
  const cases = {
    // Numbers at the borders between int and double.
    sum: (n) => { let t = 0; for (let i = 0; i < n; i++) t += i; return t; },
    overflow(n) {
      let x = 2147483640;
      for (let i = 0; i < n; i++) x++;
      return [x, x - 12884901888, n * 0x7fffffff, -n * 0, Object.is(-n * 0, -0)];
    },
    doubles(n) { let s = 0.1; for (let i = 0; i < 5; i++) s = s * 1.5 + n - 0.25; return s; },
    quotients: (n) => [n / 2, n / 0, -n / 0, 0 / 0, (n + 0.5) / 0.5, n % 3, -n % 3, n % 0, 5.5 % n, -4 % 2],
    bits: (n) => [n << 3, n >> 1, n & 6, n | 9, n ^ 5, ~n, -n >>> 28, -1 >>> 0, 1 << 31, 1e10 | 0, -1.5 >> 0, NaN | 1, 2 ** 53 | n],
    signs: (n) => [-n, +n, -(n - n), - -n, +"7", -"3", ~"5", "9" - n, "4" * "2", null * n, true + n],
    counters(n) {
      let a = n; const o = { q: 1 };
      const b = a++ + ++a - a-- - --a;
      o.q++; o.q += 2; let s = "5"; s++; let t = "5"; t--;
      return [a, b, o.q, s, t];
    },
    big: (n) => [10n + BigInt(n), -(5n), 7n * 3n, 7n > n, 2n == 2, ~1n, 1n << 3n],
    // Text.
    text(n) { let s = ""; for (let i = 0; i < 20; i++) s += i + ","; return s + n; },
    chain: (n) => "a" + n + "b" + n / 3 + "c" + null + undefined + true,
    wide(n) { const s = "é€😀" + n; return [s.length, s, s.charCodeAt(1), s[2], s === "é€😀" + n, s < "z"]; },
    valueOf: (n) => { const o = { valueOf: () => n, toString: () => "t" }; return [o + 1, o * 2, `${o}`, o < 5, o == n]; },
    // Comparisons.
    compare: (n) => [n < 5, n <= "7", "a" < "b", n == "3", null == undefined, n === 3, n !== 3, NaN === NaN, [1] == 1, "ab" === "a" + "b", 0 === -0, n / 2 === n * 0.5, {} === {}],
    descriptions(n) { const same = (x, y) => x === y; return [same(Symbol("some").description, "some"), same(Symbol.for("f" + n).description, "f" + n), same("some", "other")]; },
    truth: (n) => [n && "x", n || "y", n ?? "z", null ?? n, !n, !!n, !"", !"0", !0n, !NaN, !{}, void 0],
    types: (n) => [typeof n, typeof "a", typeof null, typeof undefined, typeof {}, typeof cases.sum, typeof Symbol.iterator, typeof (n / 3), typeof 1n, typeof notDeclared],
    // Control flow.
    choose(n) { switch ("k" + (n % 5)) { case "k0": return "a"; case "k1": return "b"; case "k2": return "c"; default: return "d" + n; } },
    labels(n) { let r = ""; outer: for (let i = 0; i < 4; i++) { for (let j = 0; j < 4; j++) { if (j === n % 4) continue outer; if (i === 3) break outer; r += i + "" + j; } } return r; },
    finallys(n) { const r = []; for (let i = 0; i < 3; i++) { try { if (i === n % 3) continue; r.push(i); } finally { r.push("f"); } } return r.join(""); },
    returns(n) { const r = []; const f = () => { try { if (n & 1) return "early"; r.push("on"); } finally { r.push("last"); } return "late"; }; return f() + r; },
    nested(n) { let r = ""; try { try { if (n % 2) throw n; r += "a"; } finally { r += "b"; try { if (n % 3) throw "x"; } catch (e) { r += e; } } } catch (e) { r += "c" + e; } return r; },
    thrown(n) { try { if (n % 3 === 0) throw new Error("e" + n); if (n % 3 === 1) null.x; return "ok"; } catch (e) { return e.message; } finally { notes.push(n); } },
    through(n) { const a = (x) => { if (x > 2) throw { v: x + n, list: [x, "q" + x] }; const o = { k: "v" + x }; a(x + 1); return o; }; try { a(0); } catch (e) { return e.v + e.list[1]; } },
    inLoop(n) { let caught = 0; for (let i = 0; i < 10; i++) { try { if (i % 2) throw i; } catch (e) { caught += e; } } return caught + n; },
    stack(n) { const inner = () => new Error("x" + n).stack; return inner(); },
    thrownStack(n) { const inner = (a) => a.b.c; try { return inner({}) + n; } catch (e) { return e.stack; } },
    getterStack(n) { const o = { get a() { return new Error("g").stack; } }; return o.a + n; },
    // Variables.
    closures(n) { let c = 0; const f = () => (c += n); f(); f(); return c + f(); },
    perRound(n) { const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i + n); return fs.map((f) => f()).join(); },
    parameters(a, b) { a = a + 1; b = b === undefined ? "u" : b; const g = () => a + ":" + b; a++; return g(); },
    defaults: (n) => ((a, b = a + 1, { c = 3, d } = { d: n }, ...rest) => [a, b, c, d, rest])(n, undefined, undefined, 1, 2),
    missing: (n) => ((a, b, c) => [a, b, c].map((x) => typeof x).join())(n),
    dead(n) { let x = n; { const f = () => x; let r; try { r = y + f(); } catch (e) { r = e.name; } let y = 1; return r + y; } },
    deadClosure(n) { const f = () => later; let r; try { r = f(); } catch (e) { r = e.message; } const later = n; return r + f(); },
    constant(n) { const c = n; try { c = 1; } catch (e) { return e.name + c; } },
    swapped(n) { let a = n, b = "z"; [a, b] = [b, a]; const o = {}; o.p = o.q = a; return [a, b, o.p, o.q]; },
    args(n) { return (function (x, y) { x = x || "d"; y = x + y; return arguments.length + y + arguments[0]; })(0, n); },
    selfish(n) { return (function f(k) { return k ? f(k - 1) + 1 : 0; })(n); },
    global(n) { globalThis.seen = n; return seen + Math.max(n, 2) + typeof seen; },
    undeclared() { try { return notThere; } catch (e) { return e.message; } },
    // Properties.
    shapes(n) { const os = [{ x: 1 }, { y: 2, x: n }, { z: 1, y: 2, x: 3 }, Object.create({ x: 9 }), { get x() { return n * 2; } }, new Proxy({}, { get: () => 4 })]; let t = 0; for (let i = 0; i < os.length; i++) t = t * 10 + os[i].x; return t; },
    setters(n) { let l = 0; const o = { set v(x) { l = x; }, get v() { return l + 1; } }; o.v = n; return o.v + l; },
    frozen(n) { const o = Object.freeze({ a: 1 }); try { o.a = n; } catch (e) { return e.name + o.a; } return "no" + o.a; },
    deleted(n) { const o = { a: n, b: 2, c: 3 }; delete o.b; o.d = 4; return [JSON.stringify(o), "b" in o, "d" in o]; },
    reshaped(n) { const get = (o) => o.k; const a = { k: 1, l: 2 }; const r = [get(a)]; delete a.k; r.push(get(a)); a.k = n; r.push(get(a)); return r; },
    prototypes(n) { function P(a) { this.a = a; } P.prototype.m = function () { return this.a * 2; }; const p = new P(n); if (n % 2) P.prototype.m = () => -1; return [p.m(), p instanceof P, {} instanceof P]; },
    primitives: (n) => ["abc".length, "abc"[1], (5).toFixed(n % 3), true.toString(), "x".at(-1), Symbol("d").description],
    nullish: (n) => { const o = n % 2 ? null : { a: { b: n } }; return [o?.a?.b, o?.a.b, o?.["a"], typeof o?.f?.()]; },
    computed(n) { const k = "k" + n; const o = { [k]: n, ["l"]() { return this[k]; } }; return [o[k], o.l(), Object.keys(o)]; },
    classes(n) { class A { #p = n; static s = 3; get p() { return this.#p; } set p(v) { this.#p = v; } m() { return "A" + this.p; } } class B extends A { constructor() { super(); this.q = 1; } m() { return "B" + super.m(); } } const b = new B(); b.p = n + 1; return [b.m(), b.q, A.s, b instanceof A, B.name]; },
    withoutNew() { class A {} try { return A(); } catch (e) { return e.message; } },
    newTarget(n) { function F() { return { t: new.target === F }; } return [new F().t, F().t, n]; },
    sloppy: Function("n", "return typeof this + (function () { return typeof this }).call(n) + (function () { return this === globalThis })()"),
    mapped: Function("a", "b", "a = 7; arguments[1] = 8; return [a, b, arguments[0], arguments.length].join()"),
    scoped: Function("n", "with ({ v: n }) { return v + 1 }"),
    evaluated(n) { return eval("n + 1") + n; },
    // Arrays and iteration.
    arrays(n) { const a = []; for (let i = 0; i < 6; i++) a[i] = i * n; a[10] = 1; a.length = 8; return [a.join(), a[-1], a["2"], a.length, a.indexOf(n)]; },
    typed(n) { const a = new Uint8Array(4); for (let i = 0; i < 6; i++) a[i] = i * 100 + n; return a.join() + a[7]; },
    forIn(n) { const o = { a: 1, b: 2, c: n }; let r = ""; for (const k in o) { if (k === "b") continue; r += k + o[k]; } return r; },
    forOf(n) { let r = ""; for (const x of [n, "b", 3]) { if (x === "b") continue; r += x; } for (const [k, v] of new Map([["k", n]])) r += k + v; for (const c of "añ😀") r += c; return r; },
    closedIterator(n) { const log = []; const it = { [Symbol.iterator]() { return this; }, i: 0, next() { return { value: this.i++, done: this.i > 5 }; }, return() { log.push("closed"); return {}; } }; try { for (const x of it) { if (x === 2) { if (n % 2) throw "t"; break; } log.push(x); } } catch (e) { log.push(e); } return log; },
    badIterator(n) { const it = { [Symbol.iterator]: () => ({ next() { throw new Error("next" + n); } }) }; try { for (const x of it) return x; } catch (e) { return e.message; } },
    notIterable(n) { try { for (const x of n) return x; } catch (e) { return e.message; } },
    spread: (n) => [...[1, 2], ..."ab", ...new Set([n]), Math.max(...[n, 3])],
    generators(n) { function* g(k) { try { const x = yield k; yield x + k; } finally { notes.push("g"); } } const i = g(n); return [i.next().value, i.next(5).value, i.return(9).value]; },
    callbacks(n) { return [3, 1, 2].sort((a, b) => a - b).map((x) => x + n).reduce((a, b) => a + b, "") + [1, 2].forEach((x) => x); },
    deep(n) { const r = (k) => (k ? r(k - 1) + 1 : 0); return r(n * 4); },
    cycles(n) { const a = { n }; a.self = a; a.f = () => a; return a.f().self.n; },
    regexps: (n) => "a1b22".replace(/\d+/g, (d) => d * n) + /b(\d)/.exec("ab3")[1],
    json: (n) => JSON.stringify({ a: [n, { b: null }], c: "d" }),
    tagged(n) { const t = (s, ...v) => s.raw.join("|") + v.join(); return t`a${n}b${n + 1}\n`; },
  };
  globalThis.runCases = (n) => {
    notes.length = 0;
    const lines = [];
    for (const name in cases) {
      let result;
      try { result = cases[name](n, name.length > 4 ? name : undefined); } catch (e) { result = "thrown " + e + e.stack; }
      lines.push(name + "=" + String(result));
    }
    return lines.join("\n") + notes.length;
  };
}
