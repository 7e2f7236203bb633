// env.NAME.fetch: another worker of the same process, streaming both ways.
import { env } from "cloudflare:workers";

const { SERVICE } = env;
const show = (...values) => console.log(...values);

show(Object.prototype.toString.call(SERVICE), typeof SERVICE.fetch);
try {
  new SERVICE.constructor();
} catch (error) {
  show(`${error}`);
}

const echoed = await SERVICE.fetch("https://any.example/echo", {
  method: "PUT",
  body: "sent",
  headers: { "X-Mine": "1", Connection: "X-Hop", "X-Hop": "2" },
});
show(echoed.status, echoed.url, echoed.headers.get("x-method"), echoed.headers.get("x-mine"), await echoed.text());

show(await (await SERVICE.fetch("http://app.example:8080/url?a=b#c")).text());
show(await (await SERVICE.fetch(new Request("https://app.example/headers", { headers: { a: "1" } }))).text());
show("no bindings of ours:", await (await SERVICE.fetch("http://a/env")).text());
show("redirected:", await (await SERVICE.fetch("http://a/redirect")).text());
show("manual:", (await SERVICE.fetch("http://a/redirect", { redirect: "manual" })).status);

for (const [what, attempt] of Object.entries({
  throws: () => SERVICE.fetch("http://a/throws"),
  breaks: async () => (await SERVICE.fetch("http://a/breaks")).text(),
  scheme: () => SERVICE.fetch("data:,x"),
  nothing: () => SERVICE.fetch(),
  aborted: () => SERVICE.fetch("http://a/url", { signal: AbortSignal.abort() }),
})) {
  try {
    show(what, await attempt());
  } catch (error) {
    show(what, error.name, error.message, "/", error.cause?.message);
  }
}

// Each chunk arrives before the next one is sent.
const { readable, writable } = new TransformStream();
const writer = writable.getWriter();
const answer = await SERVICE.fetch("http://a/upper", { method: "POST", body: readable, duplex: "half" });
const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
for (const word of ["one", "two", "three"]) {
  writer.write(new TextEncoder().encode(word));
  show((await reader.read()).value);
}
writer.close();
show((await reader.read()).done);

// 20 MB there and back.
let sent = 0;
const chunk = new Uint8Array(65536).fill(7);
const many = new ReadableStream({
  pull(controller) {
    controller.enqueue(chunk);
    if (++sent === 320) controller.close();
  },
});
let received = 0;
for await (const bytes of (await SERVICE.fetch("http://a/echo", { method: "POST", body: many, duplex: "half" })).body) {
  received += bytes.length;
}
show(received);

// A body that nobody reads doesn't keep its sender.
let stopped;
const endless = new ReadableStream({
  pull: (controller) => controller.enqueue(chunk),
  cancel: () => stopped(),
});
const gone = new Promise((resolve) => (stopped = resolve));
show(await (await SERVICE.fetch("http://a/ignores", { method: "POST", body: endless, duplex: "half" })).text());
await gone;
show("cancelled");
