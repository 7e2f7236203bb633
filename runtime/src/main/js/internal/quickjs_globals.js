// The globals that programs written for wasmedge-quickjs expect: print, args, env, exit, nextTick, sleep, __dirname.
// Only for programs of Node's kind: a worker has the Web's globals and no more.
import { program, onStart } from "internal:program";
import { dirname } from "internal:posix_path";
import { nextTick } from "internal:ticks";
import * as process from "host:process";

function define(name, value) {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}

/** A property that a program's own variable or assignment replaces. */
function defineLazily(name, get) {
  Object.defineProperty(globalThis, name, {
    get,
    set: (value) => define(name, value),
    configurable: true,
    enumerable: false,
  });
}

/** A promise of what callback returns, that many milliseconds later. */
function sleep(callback, milliseconds) {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      try {
        resolve(callback());
      } catch (error) {
        reject(error);
      }
    }, milliseconds);
  });
}

onStart(({ kind }) => {
  if (kind === "worker") return;
  define("print", (...values) => process.writeText(1, `${values.map(String).join(" ")}\n`));
  define("exit", (code) => globalThis.process.exit(code));
  define("nextTick", nextTick);
  define("sleep", sleep);
  defineLazily("args", () => [program.entry, ...program.args]);
  defineLazily("scriptArgs", () => [program.entry, ...program.args]);
  defineLazily("env", () => globalThis.process.env);
  // An ES module has no __dirname of its own, and a CommonJS file's parameter hides this one.
  defineLazily("__dirname", () => dirname(program.entry));
});
