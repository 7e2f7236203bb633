import EventEmitter, { once, on, errorMonitor, getEventListeners, captureRejectionSymbol } from "node:events";

const e = new EventEmitter();
e.on("a", (...args) => console.log("first", args));
e.prependListener("a", () => console.log("prepended"));
e.once("a", () => console.log("once"));
console.log(e.emit("a", 1, 2), e.emit("a"), e.emit("nothing"));
console.log(e.eventNames(), e.listenerCount("a"), getEventListeners(e, "a").length);

e.on("newListener", (name) => console.log("new", name));
e.on("removeListener", (name) => console.log("removed", name));
const f = () => {};
e.on("b", f).off("b", f);
e.removeAllListeners("a");

try {
  e.emit("error", new Error("unheard"));
} catch (error) {
  console.log(error.message);
}
try {
  e.emit("error", { odd: 1 });
} catch (error) {
  console.log(error.code, error.message);
}
e.on(errorMonitor, (error) => console.log("monitor", error.message));
e.on("error", (error) => console.log("handler", error.message));
e.emit("error", new Error("heard"));

try {
  e.on("x", "no function");
} catch (error) {
  console.log(error.name, error.code, error.message);
}

class Rejecting extends EventEmitter {
  constructor() {
    super({ captureRejections: true });
  }
  [captureRejectionSymbol](error, name) {
    console.log("captured", name, error.message);
  }
}
new Rejecting().on("go", async () => { throw new Error("async"); }).emit("go");

setTimeout(() => e.emit("later", "value"), 1);
console.log(await once(e, "later"));
const failing = once(e, "never");
e.emit("error", new Error("rejects once"));
await failing.catch((error) => console.log("once rejected", error.message));
const controller = new AbortController();
const aborted = once(e, "never", { signal: controller.signal });
controller.abort();
await aborted.catch((error) => console.log(error.name, error.code));

setTimeout(() => { e.emit("tick", 1); e.emit("tick", 2); e.emit("end"); }, 1);
for await (const [value] of on(e, "tick", { close: ["end"] })) console.log("tick", value);

function Old() { EventEmitter.call(this); }
Object.setPrototypeOf(Old.prototype, EventEmitter.prototype);
const old = new Old();
old.on("x", function () { console.log(this === old); });
old.emit("x");
console.log(EventEmitter.defaultMaxListeners, old.getMaxListeners(), old.setMaxListeners(1).getMaxListeners());
