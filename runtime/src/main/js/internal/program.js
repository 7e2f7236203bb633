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

register("start", (json) => {
  program = JSON.parse(json);
  started = true;
  for (const starter of starters) starter(program);
});
