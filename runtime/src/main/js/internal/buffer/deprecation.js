// DEP0005 - https://nodejs.org/api/deprecations.html#dep0005-buffer-constructor
// As on Node a program is told once, and packages never: who installed them can't mend them.

/** Looking at the stack takes time, so packages that call it often are left alone. */
const MOST_LOOKS = 10_000;

let looks = 0;

export function warnOfConstructor() {
  if (looks >= MOST_LOOKS) return;
  looks++;
  if (isCalledByPackage()) return;
  looks = MOST_LOOKS;
  globalThis.process?.emitWarning(
    "Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), " +
      "Buffer.allocUnsafe(), or Buffer.from() methods instead.",
    "DeprecationWarning",
    "DEP0005",
  );
}

/** The first frame of a file is the caller's: ours have names of modules. */
function isCalledByPackage() {
  const caller = callers().find((frame) => /[(\s](?:file:\/\/)?\/\S/.test(frame));
  return caller !== undefined && /[/\\]node_modules[/\\]/.test(caller);
}

/** The stack as the engine writes it, not as the program does, which may call Buffer() in doing so. */
function callers() {
  const { prepareStackTrace } = Error;
  if (prepareStackTrace === undefined) return frames();
  Error.prepareStackTrace = undefined;
  try {
    return frames();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

/** None while an engine is at work on another stack. */
function frames() {
  return new Error("callers").stack?.split("\n").slice(1) ?? [];
}
