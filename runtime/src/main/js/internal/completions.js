// Promises for work that Java does elsewhere. A host function starts the work and returns its id.
import { register } from "host:isolate";
import { Map, mapDelete, mapGet, mapSet, Promise } from "internal:primordials";

const waiting = new Map();

/** Settles when Java completes the work of that id. */
export function completion(id) {
  return new Promise((resolve, reject) => mapSet(waiting, id, { resolve, reject }));
}

register("complete", (id, value) => {
  const waiter = take(id);
  waiter?.resolve(value);
});

register("completeExceptionally", (id, kind, code, message) => {
  const waiter = take(id);
  waiter?.reject(errorOf(kind, code, message));
});

function take(id) {
  const waiter = mapGet(waiting, id);
  mapDelete(waiting, id);
  return waiter;
}

const CLASSES = { TYPE_ERROR: TypeError, RANGE_ERROR: RangeError, SYNTAX_ERROR: SyntaxError };

/** A HostError as the engine would have thrown it from a host function. */
export function errorOf(kind, code, message) {
  if (kind === "DOM_EXCEPTION") return new DOMException(message, code);
  const error = new (CLASSES[kind] ?? Error)(message);
  if (code) error.code = code;
  return error;
}
