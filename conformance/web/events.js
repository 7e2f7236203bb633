// EventTarget: order, once, options, errors in listeners don't stop the others.
const log = (...values) => console.log(values.join(" "));
const target = new EventTarget();
const event = new Event("go", { cancelable: true });

target.addEventListener("go", () => log("first"));
target.addEventListener("go", () => log("once"), { once: true });
target.addEventListener("go", { handleEvent: (e) => log("object", e.type, e.target === target) });
const removed = () => log("never");
target.addEventListener("go", removed);
target.removeEventListener("go", removed);
target.addEventListener("go", (e) => e.preventDefault());
target.addEventListener("go", () => log("passive"), { passive: true });

log("dispatched", target.dispatchEvent(event), event.defaultPrevented, event.eventPhase, event.currentTarget);
log("again", target.dispatchEvent(new Event("go")));

const controller = new AbortController();
target.addEventListener("signal", () => log("signal"), { signal: controller.signal });
target.dispatchEvent(new Event("signal"));
controller.abort();
target.dispatchEvent(new Event("signal"));

const stops = new EventTarget();
stops.addEventListener("x", (e) => e.stopImmediatePropagation());
stops.addEventListener("x", () => log("never"));
stops.dispatchEvent(new Event("x"));

const custom = new CustomEvent("c", { detail: { a: 1 } });
log(custom.detail.a, custom instanceof Event, Object.prototype.toString.call(custom), custom.isTrusted);
log(Event.AT_TARGET, Event.NONE, Event.BUBBLING_PHASE);

for (const wrong of [() => new Event(), () => target.dispatchEvent({}), () => EventTarget.prototype.addEventListener.call({}, "x", null)]) {
  try {
    wrong();
    log("no error");
  } catch (error) {
    log(error.name, error instanceof TypeError);
  }
}
