// A turn is one callback from Java with all the ticks and microtasks that follow from it.
import { register } from "host:isolate";
import { raise } from "internal:mailbox";
import { FLAG_TURN_END } from "internal:records";
import { reportUncaught } from "internal:errors";

let waiting = [];

/** Runs fn once, when this turn is over and before Java sends what the turn has written. */
export function atTurnEnd(fn) {
  if (waiting.length === 0) raise(FLAG_TURN_END);
  waiting[waiting.length] = fn;
}

register("turnEnd", () => {
  const now = waiting;
  waiting = [];
  for (let i = 0; i < now.length; i++) {
    try {
      now[i]();
    } catch (error) {
      reportUncaught(error);
    }
  }
});
