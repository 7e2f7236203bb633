// KV namespaces. https://developers.cloudflare.com/kv/api/
import { env } from "cloudflare:workers";

const { KV } = env;
const show = (...values) => console.log(...values);
const text = (bytes) => new TextDecoder().decode(bytes);

show(Object.prototype.toString.call(KV), await KV.get("none"), await KV.get("none", "stream"));
show(await KV.put("text", "grüße \ud83d\ude00"), await KV.get("text"), await KV.get("text", { type: "text" }));
await KV.put("json", JSON.stringify({ a: [1] }));
show(JSON.stringify(await KV.get("json", "json")), JSON.stringify(await KV.get("json", { type: "json" })));
await KV.put("buffer", new Uint8Array([1, 2, 3, 4]).subarray(1, 3));
const buffer = await KV.get("buffer", "arrayBuffer");
show(buffer instanceof ArrayBuffer, new Uint8Array(buffer).join());
await KV.put("empty", new ArrayBuffer(0));
show(JSON.stringify(await KV.get("empty")));
await KV.put("lone\ud800", "x");
show(await KV.get("lone\ufffd"));

// Streams in and out, chunk by chunk.
let made = 0;
const stream = new ReadableStream({
  pull(controller) {
    controller.enqueue(new Uint8Array(65536).fill(made));
    if (++made === 160) controller.close();
  },
});
await KV.put("stream", stream);
let [read, sum] = [0, 0];
for await (const chunk of await KV.get("stream", "stream")) {
  read += chunk.length;
  sum += chunk[0] + chunk[chunk.length - 1];
}
show(read, sum > 0);
show((await new Response(await KV.get("stream", "stream")).arrayBuffer()).byteLength);
const reader = (await KV.get("stream", "stream")).getReader({ mode: "byob" });
show((await reader.read(new Uint8Array(10))).value.length);
await reader.cancel();

// Metadata and expirations.
const soon = Math.trunc(Date.now() / 1000) + 100;
await KV.put("meta", "x", { metadata: { a: "ü\n" }, expiration: soon });
const found = await KV.getWithMetadata("meta");
show(found.value, JSON.stringify(found.metadata), found.cacheStatus);
show(JSON.stringify(await KV.getWithMetadata("none")), JSON.stringify(await KV.getWithMetadata("text", "json").catch((e) => e.name)));
const [listed] = (await KV.list({ prefix: "meta" })).keys;
show(listed.name, JSON.stringify(listed.metadata), listed.expiration === soon);
await KV.put("meta", "y", { expirationTtl: 60 });
show((await KV.getWithMetadata("meta")).metadata, (await KV.list({ prefix: "meta" })).keys[0].expiration >= soon - 45);

// Lists.
for (const n of [3, 1, 2, 10]) await KV.put(`n/${n}`, String(n));
const page = await KV.list({ prefix: "n/", limit: 3 });
show(page.keys.map(({ name }) => name).join(), page.list_complete, typeof page.cursor);
const last = await KV.list({ prefix: "n/", limit: 3, cursor: page.cursor });
show(last.keys.map(({ name }) => name).join(), last.list_complete, "cursor" in last);
show((await KV.list()).keys.length, JSON.stringify(await KV.list({ prefix: "nothing" })));
await KV.delete("n/1");
await KV.delete("n/1");
show(await KV.get("n/1"), (await KV.list({ prefix: "n/" })).keys.length);

// Many keys at once.
show([...(await KV.get(["n/2", "none", "text"]))].join(" | "));
show(JSON.stringify([...(await KV.get(["json"], "json"))]));
show(JSON.stringify([...(await KV.getWithMetadata(["n/2", "none"]))]));

async function fails(attempt) {
  try {
    await attempt();
    show("no error");
  } catch (error) {
    show(`${error}`);
  }
}
await fails(() => KV.get());
await fails(() => KV.get(""));
await fails(() => KV.put(".", "x"));
await fails(() => KV.get("k".repeat(513)));
await fails(() => KV.get("ü".repeat(257)));
await fails(() => KV.get("a", "blob"));
await fails(() => KV.get(["a"], "stream"));
await fails(() => KV.get(Array(101).fill("a")));
await fails(() => KV.get("a", { cacheTtl: 10 }));
await fails(() => KV.put("a"));
await fails(() => KV.put("a", 1));
await fails(() => KV.put("a", {}));
await fails(() => KV.put("a", new Uint8Array(25 * 1024 * 1024 + 1)));
await fails(() => KV.put("a", "x", { metadata: "m".repeat(1023) }));
await fails(() => KV.put("a", "x", { expirationTtl: 59 }));
await fails(() => KV.put("a", "x", { expirationTtl: 0 }));
await fails(() => KV.put("a", "x", { expirationTtl: "soon" }));
await fails(() => KV.put("a", "x", { expiration: 1000 }));
await fails(() => KV.list({ limit: 0 }));
await fails(() => KV.list({ limit: 1001 }));
await fails(() => KV.list({ cursor: "?" }));
await fails(() => KV.put("a", new ReadableStream({ pull: (c) => c.enqueue("text") })));
await fails(() => KV.put("text", new ReadableStream({ pull: (c) => c.error(new RangeError("mine")) })));
show(await KV.get("text"), await KV.get("a"));

// Limits that were given.
const { SMALL } = env;
await SMALL.put("k", "12345678901234567890");
await fails(() => SMALL.put("k", "123456789012345678901"));
await fails(() => SMALL.put("k", new Blob(["123456789012345678901"]).stream()));
await fails(() => SMALL.put("12345678901", ""));
await fails(() => SMALL.put("k", "", { metadata: "1234567890123456789012345678901" }));
for (const key of ["1", "2", "3"]) await SMALL.put(key, "12345678901234567890");
await fails(() => SMALL.put("4", "12345678901234567890"));
await SMALL.delete("1");
await SMALL.put("4", "12345678901234567890");
show((await SMALL.list()).keys.map(({ name }) => name).join());
