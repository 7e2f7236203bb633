// A turn is one callback from Java with all the ticks and microtasks that follow from it.
import { register } from "host:isolate";
import { lower, raise } from "internal:mailbox";
import { FLAG_TURN_END } from "internal:records";
import { reportUncaught } from "internal:errors";

let waiting = [];

/** Calls writer.turnEnds() once, when this turn is over and before Java sends what the turn has written. */
export function atTurnEnd(writer) {
  if (waiting.length === 0) raise(FLAG_TURN_END);
  waiting[waiting.length] = writer;
}

/** What it was to do is done already: a turn with nothing left to do at its end costs one call less. */
export function notAtTurnEnd(writer) {
  if (waiting[waiting.length - 1] === writer) {
    waiting.length--;
  } else {
    const at = waiting.lastIndexOf(writer);
    if (at >= 0) waiting.splice(at, 1);
  }
  if (waiting.length === 0) lower(FLAG_TURN_END);
}

register("turnEnd", () => {
  const now = waiting;
  waiting = [];
  for (let i = 0; i < now.length; i++) {
    try {
      now[i].turnEnds();
    } catch (error) {
      reportUncaught(error);
    }
  }
});
