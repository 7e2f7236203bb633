// Where errors go that nobody caught.
import { contextFrame, promiseDetails, register } from "host:isolate";
import * as host from "host:errors";

const uncaughtHandlers = [];
const rejectionHandlers = [];

/** handler(error) returns true when it has dealt with it. Earlier ones are asked first. */
export function onUncaught(handler) {
  uncaughtHandlers.push(handler);
}

/** handler(reason, promise) returns true when it has dealt with it. */
export function onUnhandledRejection(handler) {
  rejectionHandlers.push(handler);
}

const lateHandlers = [];

/** handler(promise, reason) hears of rejections that were handled after they had been reported. */
export function onRejectionHandled(handler) {
  lateHandlers.push(handler);
}

let inFrame = () => {};

/** fn(frame) hears of an uncaught error, or of a rejection that nobody handled, in that async frame. */
export function onErrorInFrame(fn) {
  inFrame = fn;
}

/** Whether a handler has dealt with what nobody caught; what a handler throws is for the caller. */
export function isHeard(error) {
  return uncaughtHandlers.some((handler) => handler(error));
}

export function reportUncaught(error) {
  report(error, contextFrame());
}

/** Tells of an error that no handler is to hear of any more. */
export function showUncaught(error) {
  const { name, message, stack } = describe(error);
  host.uncaught(name, message, stack, false);
}

function report(error, frame) {
  try {
    if (isHeard(error)) return;
  } catch (second) {
    error = second;
  }
  inFrame(frame);
  showUncaught(error);
}

function reportRejection(promise, reason, frame) {
  try {
    for (const handler of rejectionHandlers) {
      if (handler(reason, promise)) return;
    }
  } catch (error) {
    report(error, frame);
    return;
  }
  inFrame(frame);
  const { name, message, stack } = describe(reason);
  host.uncaught(name, message, stack, true);
}

register("rejection", (promise, reason, frame, handled) => {
  if (handled) {
    // Not every engine says again what the reason was.
    const [, rejectedWith] = promiseDetails(promise);
    for (const handler of lateHandlers) handler(promise, rejectedWith);
  } else {
    reportRejection(promise, reason, frame);
  }
});

/** Strings for Java, whatever was thrown: reading them must not throw again. */
export function describe(error) {
  try {
    if (error instanceof Error || (typeof error === "object" && error !== null && "stack" in error)) {
      return {
        name: String(error.name ?? "Error"),
        message: String(error.message ?? ""),
        stack: typeof error.stack === "string" ? error.stack : "",
      };
    }
    return { name: "", message: typeof error === "symbol" ? error.toString() : `${error}`, stack: "" };
  } catch {
    return { name: "", message: "a value that can't be shown as a string", stack: "" };
  }
}
