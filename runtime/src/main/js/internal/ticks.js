// process.nextTick: all ticks run before the microtasks that wait, and again until none is left.
import { register } from "host:isolate";
import { raise } from "internal:mailbox";
import { FLAG_TICKS } from "internal:records";
import { frame, setFrame } from "internal:async_context";
import { reportUncaught } from "internal:errors";
import { apply } from "internal:primordials";
import { describeReceived } from "internal:received";

let queue = [];

export function nextTick(fn, ...args) {
  if (typeof fn !== "function") {
    const error = new TypeError(`The "callback" argument must be of type function.${describeReceived(fn)}`);
    error.code = "ERR_INVALID_ARG_TYPE";
    throw error;
  }
  if (queue.length === 0) raise(FLAG_TICKS);
  queue[queue.length] = { fn, args, frame: frame() };
}

register("ticks", () => {
  for (let i = 0; i < queue.length; i++) {
    const tick = queue[i];
    queue[i] = undefined;
    setFrame(tick.frame);
    try {
      apply(tick.fn, undefined, tick.args);
    } catch (error) {
      reportUncaught(error);
    }
  }
  setFrame(undefined);
  queue = [];
});
