// A program is "packing" while Runnel evaluates it once for all of its starts, and "running" afterwards.
let current = "building";
let forbidden = null;

export const phase = () => current;

export function enter(next) {
  current = next;
}

/** Why what was evaluated can't stand for every start: the first thing that belongs to one of them. */
export const obstacle = () => forbidden;

/** The program does what belongs to one start. what: "writes output". */
export function notePhase(what) {
  if (current !== "packing") return;
  forbidden ??= what;
  const error = new Error(`The program ${what} while it is being packed.`);
  error.code = "ERR_RUNNEL_PACKING";
  throw error;
}
