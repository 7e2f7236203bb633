function named() {
  return new Error("message");
}
const lines = named().stack.split("\n");
console.log(lines[0], /^ {4}at named \(.*error_stack\.js:2:\d+\)$/.test(lines[1]), /^ {4}at /.test(lines[2]));
console.log(new TypeError("t").stack.split("\n")[0]);
class Own extends Error {
  name = "Own";
}
console.log(String(new Own("o")), new Own("o") instanceof Own);

const target = {};
Error.captureStackTrace(target);
console.log(typeof target.stack, /error_stack\.js/.test(target.stack));

const prepared = Error.prepareStackTrace;
Error.prepareStackTrace = (error, sites) => sites;
const [site] = named().stack;
console.log(site.getFunctionName(), site.getFileName().endsWith("error_stack.js"), site.getLineNumber(), typeof site.getColumnNumber(), site.isNative(), site.isEval(), site.isConstructor());
Error.prepareStackTrace = prepared;

const deep = () => deep();
try {
  deep();
} catch (error) {
  console.log(error instanceof RangeError);
}
Error.stackTraceLimit = 1;
console.log(named().stack.split("\n").length);
Error.stackTraceLimit = 10;
try {
  Buffer.alloc("x");
} catch (error) {
  console.log(error.stack.split("\n")[0]);
}
try {
  JSON.parse("{");
} catch (error) {
  console.log(error.stack.split("\n")[0].startsWith("SyntaxError: "));
}
console.log(new Error("").stack.split("\n")[0], new Error("two\nlines").stack.split("\n").slice(0, 2));
import { inspect } from "node:util";

class Custom extends Error {
  constructor(message) {
    super(message);
    this.name = "Custom";
    this.extra = 1;
  }
}
const shown = inspect(new Custom("c")).split("\n");
console.log(shown[0], shown.at(-2).trim(), inspect(Object.assign(new TypeError("t"), { code: "E" })).split("\n")[0]);
