// The async context frame: undefined, or an object that nobody changes, with the exchange of a request, if it is of one,
// and stores, a Map from AsyncLocalStorage to its store, if there are any. An exchange without stores is its own frame.
// The engine carries it across promise jobs; whatever else calls back later carries it through capture().
import { contextFrame, setContextFrame } from "host:isolate";
import { apply } from "internal:primordials";

export const frame = contextFrame;
export const setFrame = setContextFrame;

/** Calls fn in the given frame. */
export function runInFrame(inner, fn, self, args) {
  const outer = contextFrame();
  if (outer === inner) return apply(fn, self, args);
  setContextFrame(inner);
  try {
    return apply(fn, self, args);
  } finally {
    setContextFrame(outer);
  }
}

/** The same in a call that comes from Java, where there is no frame yet. */
export function runInFirstFrame(inner, fn, self, args) {
  setContextFrame(inner);
  try {
    return apply(fn, self, args);
  } finally {
    setContextFrame(undefined);
  }
}

/** A function that calls fn in the frame of now. */
export function capture(fn) {
  const inner = contextFrame();
  if (inner === undefined) return fn;
  return function captured(...args) {
    return runInFrame(inner, fn, this, args);
  };
}
