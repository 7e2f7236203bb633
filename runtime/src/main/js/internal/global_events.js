// The events that the global object gets: error, unhandledrejection, rejectionhandled.
// https://html.spec.whatwg.org/#runtime-script-errors
import { onRejectionHandled, onUncaught, onUnhandledRejection } from "internal:errors";
import { defineEventHandler, fire, hasListeners } from "../web/event_target.js";
import { ErrorEvent, PromiseRejectionEvent } from "../web/event.js";

const STACK_POSITION = /\(?([^\s()]+):(\d+):(\d+)\)?$/m;

/** An error thrown by an error listener must not start the listeners again. */
let reporting = false;

function dispatchError(error) {
  if (reporting || !hasListeners(globalThis, "error")) {
    return false;
  }
  reporting = true;
  try {
    const position = positionOf(error);
    const event = new ErrorEvent("error", { cancelable: true, message: describe(error), ...position, error });
    return !fire(globalThis, event);
  } finally {
    reporting = false;
  }
}

function dispatchUnhandledRejection(reason, promise) {
  if (!hasListeners(globalThis, "unhandledrejection")) {
    return false;
  }
  return !fire(globalThis, new PromiseRejectionEvent("unhandledrejection", { cancelable: true, promise, reason }));
}

function dispatchRejectionHandled(promise, reason) {
  if (hasListeners(globalThis, "rejectionhandled")) {
    fire(globalThis, new PromiseRejectionEvent("rejectionhandled", { promise, reason }));
  }
}

function describe(error) {
  try {
    return `Uncaught ${Error.isError(error) ? `${error.name}: ${error.message}` : String(error)}`;
  } catch {
    return "Uncaught exception";
  }
}

function positionOf(error) {
  const stack = Error.isError(error) && typeof error.stack === "string" ? error.stack : "";
  const [, filename = "", lineno = 0, colno = 0] = STACK_POSITION.exec(stack) ?? [];
  return { filename, lineno: Number(lineno), colno: Number(colno) };
}

/** `onerror` gets the pieces of the event, and true from it means handled. */
function callOnError(handler, event) {
  if (typeof handler !== "function") return;
  const { message, filename, lineno, colno, error } = event;
  const handled =
    event instanceof ErrorEvent ? handler.call(globalThis, message, filename, lineno, colno, error) : handler(event);
  if (handled === true) {
    event.preventDefault();
  }
}

defineEventHandler(globalThis, "error", { invoke: callOnError });
defineEventHandler(globalThis, "unhandledrejection");
defineEventHandler(globalThis, "rejectionhandled");

// Node's process handlers are registered later: they hear what no listener here has prevented.
onUncaught(dispatchError);
onUnhandledRejection(dispatchUnhandledRejection);
onRejectionHandled(dispatchRejectionHandled);
