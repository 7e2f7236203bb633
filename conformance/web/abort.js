// AbortController, AbortSignal.abort, timeout and any.
const log = (...values) => console.log(values.join(" "));
const controller = new AbortController();
const { signal } = controller;
signal.onabort = (event) => log("onabort", event.type, event.target === signal);
signal.addEventListener("abort", () => log("listener", signal.reason.name));
log(signal.aborted, signal.reason);
controller.abort();
controller.abort("again");
log(signal.aborted, signal.reason instanceof DOMException, signal.reason.code);

try {
  signal.throwIfAborted();
} catch (error) {
  log("thrown", error === signal.reason);
}
log(AbortSignal.abort("why").reason);

const one = new AbortController();
const two = new AbortController();
const any = AbortSignal.any([one.signal, AbortSignal.any([two.signal])]);
any.addEventListener("abort", () => log("any", any.reason));
two.abort("two");
one.abort("one");
log(AbortSignal.any([AbortSignal.abort(1), AbortSignal.abort(2)]).reason);

for (const wrong of [() => new AbortSignal(), () => AbortSignal.timeout(-1), () => AbortSignal.any([1])]) {
  try {
    wrong();
  } catch (error) {
    log(error instanceof TypeError || error instanceof RangeError);
  }
}

const late = AbortSignal.timeout(10);
late.addEventListener("abort", () => log("timeout", late.reason.name));
setTimeout(() => log("end"), 50);
