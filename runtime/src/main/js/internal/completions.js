// Promises for work that Java does elsewhere. A host function starts the work and returns its id.
import { register } from "host:isolate";
import { Pending } from "internal:pending";
import { Promise } from "internal:primordials";

const waiting = new Pending();

/** Settles when Java completes the work of that id. */
export function completion(id) {
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

register("complete", (id, value) => {
  waiting.take(id)?.resolve(value);
});

register("completeExceptionally", (id, kind, code, message) => {
  waiting.take(id)?.reject(errorOf(kind, code, message));
});

const CLASSES = { TYPE_ERROR: TypeError, RANGE_ERROR: RangeError, SYNTAX_ERROR: SyntaxError };

/** A HostError as the engine would have thrown it from a host function. */
export function errorOf(kind, code, message) {
  if (kind === "DOM_EXCEPTION") return new DOMException(message, code);
  const error = new (CLASSES[kind] ?? Error)(message);
  if (code) error.code = code;
  return error;
}

/** Calls one of the two instead, in a turn of its own: what they throw is uncaught. */
export function onCompletion(id, resolve, reject) {
  waiting.set(id, { resolve, reject });
}
