// What the running program is. Empty while the base snapshot is made; Java fills it in before the
// program's first line.
import { register } from "host:isolate";

/**
 * kind: "worker" | "node"; entry: absolute path inside the guest's file tree; args: string[];
 * env: [name, value][]; bindings: [name, kind][]; origin: a URL or ""; cwd: string.
 */
export let program = { kind: "node", entry: "", args: [], env: [], bindings: [], origin: "", cwd: "/" };

let started = false;
const starters = [];

/** fn(program) runs once, before the program's first line, or now when that is past. */
export function onStart(fn) {
  if (started) fn(program);
  else starters.push(fn);
}

const loadedListeners = [];

/** fn(namespace) runs once, when the entry module has been evaluated. */
export function onLoaded(fn) {
  loadedListeners.push(fn);
}

register("loaded", (namespace) => {
  for (const listener of loadedListeners) listener(namespace);
});

const restarters = [];

/**
 * fn() runs whenever a program that was evaluated elsewhere begins with arguments and variables of its own. Until then
 * program.args is not to be read, and program.reads(name) hears of the variables that are.
 */
export function onRestart(fn) {
  restarters.push(fn);
}

register("restart", (given) => {
  program = given;
  for (const restarter of restarters) restarter();
});

/** Java gives JSON; where there is none, it is the object itself. */
register("start", (given) => {
  program = typeof given === "string" ? JSON.parse(given) : given;
  started = true;
  for (const starter of starters) starter(program);
});
