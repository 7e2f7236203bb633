import dc from "node:diagnostics_channel";
import { AsyncLocalStorage } from "node:async_hooks";

const channel = dc.channel("a");
const listener = (message, name) => console.log(name, message);
dc.subscribe("a", listener);
channel.publish({ x: 1 });
console.log(channel.hasSubscribers, dc.unsubscribe("a", listener), dc.hasSubscribers("a"));
const tracing = dc.tracingChannel("op");
tracing.subscribe({ start: (m) => console.log("start", m.id), end: (m) => console.log("end", m.result), error: (m) => console.log("error", m.error.message), asyncEnd: (m) => console.log("asyncEnd", m.result) });
console.log(tracing.traceSync((a) => a + 1, { id: 1 }, null, 1));
await tracing.tracePromise(async () => "done", { id: 2 });
try {
  tracing.traceSync(() => { throw new Error("bad"); }, { id: 3 });
} catch {
  console.log("thrown");
}
const als = new AsyncLocalStorage();
channel.bindStore(als, (data) => data.x);
channel.runStores({ x: "stored" }, () => console.log(als.getStore()));
