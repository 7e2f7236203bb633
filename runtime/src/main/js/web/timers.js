// Timers - https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html
import { defineGlobals } from "internal:define";
import { describeReceived } from "internal:received";
import { onStart } from "internal:program";
import { clearImmediate, clearTimer, Immediate, Timeout } from "internal:timers";

/** Worker programs get numbers, as the Web has them; Node programs get Timeout objects. */
let handleOf = (timeout) => timeout;

onStart(({ kind }) => {
  if (kind === "worker") handleOf = (timeout) => timeout.id;
});

function callable(callback) {
  if (typeof callback === "function") return callback;
  const error = new TypeError(`The "callback" argument must be of type function.${describeReceived(callback)}`);
  error.code = "ERR_INVALID_ARG_TYPE";
  throw error;
}

export function setTimeout(callback, delay = 0, ...args) {
  return handleOf(new Timeout(callable(callback), delay, args, false));
}

export function setInterval(callback, delay = 0, ...args) {
  return handleOf(new Timeout(callable(callback), delay, args, true));
}

export function clearTimeout(id) {
  clearTimer(id);
}

export function clearInterval(id) {
  clearTimer(id);
}

export function setImmediate(callback, ...args) {
  return new Immediate(callable(callback), args);
}

defineGlobals({ setTimeout, setInterval, clearTimeout, clearInterval, setImmediate, clearImmediate });
