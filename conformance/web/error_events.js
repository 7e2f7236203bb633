// Errors that nobody caught: events of the global object first, then what process.on hears of the rest.
const log = (...values) => console.log(values.join(" "));
const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

process.on("uncaughtException", (error) => log("process", error.message));
process.on("unhandledRejection", (reason) => log("process", reason.message));

addEventListener("error", (event) => {
  log(event.constructor.name, event.type, event.message, event.error.message, event.lineno > 0, event.cancelable);
  if (event.error.message === "prevented") event.preventDefault();
});
addEventListener("unhandledrejection", (event) => {
  log(event.constructor.name, event.type, event.reason.message, event.promise instanceof Promise);
  if (event.reason.message === "prevented") event.preventDefault();
});
addEventListener("rejectionhandled", (event) => log(event.type, event.reason.message));

setTimeout(() => {
  throw new Error("prevented");
});
await turn();
queueMicrotask(() => {
  throw new Error("passed on");
});
await turn();
reportError(new RangeError("reported"));
Promise.reject(new Error("prevented"));
await turn();
const late = Promise.reject(new Error("handled late"));
await turn();
late.catch(() => {});
await turn();

onerror = (message, file, line, column, error) => {
  log("onerror", message, typeof file, line > 0, column > 0, error.message);
  return true;
};
onunhandledrejection = (event) => event.preventDefault();
reportError(new Error("last"));
Promise.reject(new Error("last"));
await turn();
log(typeof onrejectionhandled, onerror.length);
const made = new ErrorEvent("error", { message: "m", filename: "f", lineno: 1, colno: 2, error: 3 });
log(made.message, made.filename, made.lineno, made.colno, made.error, new ErrorEvent("error").error);
for (const wrong of [() => new PromiseRejectionEvent("x"), () => new PromiseRejectionEvent("x", {}), () => new ErrorEvent()]) {
  try {
    wrong();
  } catch (error) {
    log(error.name);
  }
}
