// The Cache API. https://developers.cloudflare.com/workers/runtime-apis/cache/
const show = (...values) => console.log(...values);
const URL_A = "https://app.example/a?q=1";
const cache = caches.default;
const keep = (headers = {}) => ({ headers: { "cache-control": "max-age=60", ...headers } });
const text = (response) => response?.text();

show(Object.prototype.toString.call(caches), Object.prototype.toString.call(cache), cache === caches.default);
show(typeof Cache, typeof CacheStorage, (await caches.open("a")) === (await caches.open("a")));

show(await cache.match(URL_A), await cache.delete(URL_A));
show(await cache.put(URL_A, new Response("kept", { status: 200, statusText: "Fine", ...keep({ "x-a": "1", vary: "accept" }) })));
const found = await cache.match(new Request(`${URL_A}#fragment`, { headers: { accept: "other" } }));
show(found.status, found.statusText, found.url, found.headers.get("x-a"), found.headers.get("content-length"));
show(found.headers.get("age") < 9, found.headers.get("cf-cache-status"), await found.text());
show(await text(await cache.match(URL_A)), await cache.match("https://app.example/a?q=2"));
show(await (await caches.open("other")).match(URL_A), await (await caches.open("")).match(URL_A));
show(await cache.match(new Request(URL_A, { method: "POST" })));
show(await text(await cache.match(new Request(URL_A, { method: "HEAD" }), { ignoreMethod: true })));
show(await cache.delete(new Request(URL_A, { method: "POST" })), await cache.delete(URL_A), await cache.match(URL_A));

// One range; what is none is answered as a whole.
const digits = "0123456789";
await cache.put(URL_A, new Response(digits, keep({ etag: '"v1"', "last-modified": "Sat, 31 Jan 2026 12:00:00 GMT" })));
const ask = (headers) => cache.match(new Request(URL_A, { headers }));
for (const range of ["bytes=2-4", "bytes=7-", "bytes=-3", "bytes=0-100", "bytes=10-", "bytes=-0", "bytes=4-2", "bytes=0-1,3-4", "lines=1-2", "bytes=x-y"]) {
  const part = await ask({ range });
  show(range, part.status, part.headers.get("content-range"), part.headers.get("content-length"), await part.text());
}
show((await ask({ range: "bytes=0-1", "if-range": '"v1"' })).status, (await ask({ range: "bytes=0-1", "if-range": '"v2"' })).status);

// Conditions.
for (const headers of [
  { "if-none-match": '"v1"' },
  { "if-none-match": 'W/"v1"' },
  { "if-none-match": '"v0", "v1"' },
  { "if-none-match": "*" },
  { "if-none-match": '"v2"' },
  { "if-none-match": '"v2"', "if-modified-since": "Sun, 01 Feb 2026 00:00:00 GMT" },
  { "if-modified-since": "Sat, 31 Jan 2026 12:00:00 GMT" },
  { "if-modified-since": "Sat, 31 Jan 2026 11:59:59 GMT" },
  { "if-modified-since": "yesterday" },
]) {
  const answer = await ask(headers);
  show(JSON.stringify(headers), answer.status, answer.headers.get("etag"), await answer.text());
}

// What may be kept.
for (const [what, init] of Object.entries({
  404: { status: 404 },
  301: { status: 301 },
  500: { status: 500 },
  nothing: {},
  "no-store": { headers: { "cache-control": "no-store" } },
  private: { headers: { "cache-control": "private, max-age=60" } },
  "max-age=0": { headers: { "cache-control": "max-age=0" } },
  "s-maxage=0": { headers: { "cache-control": "max-age=60, s-maxage=0" } },
  "s-maxage": { headers: { "cache-control": "max-age=0, S-MaxAge=60" } },
  expires: { headers: { expires: new Date(Date.now() + 60000).toUTCString() } },
  expired: { headers: { expires: "Thu, 01 Jan 1970 00:00:00 GMT" } },
  cookie: keep({ "set-cookie": "a=b" }),
  "private cookie": keep({ "set-cookie": "a=b", "cache-control": "private=Set-Cookie, max-age=60" }),
  "500 with max-age": { status: 500, ...keep() },
})) {
  await cache.put("https://app.example/kept", new Response(what, init));
  const kept = await cache.match("https://app.example/kept");
  show(what, kept === undefined ? "not kept" : `kept ${kept.status} ${kept.headers.get("set-cookie")}`);
}

// Streams in and out.
let made = 0;
const stream = new ReadableStream({
  pull(controller) {
    controller.enqueue(new Uint8Array(50000).fill(++made));
    if (made === 100) controller.close();
  },
});
await cache.put("https://app.example/large", new Response(stream, keep()));
let length = 0;
for await (const chunk of (await cache.match("https://app.example/large")).body) length += chunk.length;
show(length);
const middle = await cache.match(new Request("https://app.example/large", { headers: { range: "bytes=1249998-1250001" } }));
show(new Uint8Array(await middle.arrayBuffer()).join());
const reader = (await cache.match("https://app.example/large")).body.getReader();
await reader.read();
await cache.delete("https://app.example/large");
let rest = 0;
for (let next = await reader.read(); !next.done; next = await reader.read()) rest += next.value.length;
show(rest > 0, await cache.match("https://app.example/large"));
await cache.put(URL_A, new Response(null, keep()));
show(JSON.stringify(await text(await cache.match(URL_A))));

async function fails(attempt) {
  try {
    await attempt();
    show("no error");
  } catch (error) {
    show(`${error}`);
  }
}
const used = new Response("x", keep());
await used.text();
await fails(() => cache.match());
await fails(() => cache.put(URL_A));
await fails(() => cache.put(URL_A, "text"));
await fails(() => cache.put(new Request(URL_A, { method: "POST" }), new Response("x")));
await fails(() => cache.put(URL_A, new Response("x", { status: 206 })));
await fails(() => cache.put(URL_A, new Response("x", { headers: { vary: "accept, *" } })));
await fails(() => cache.put(URL_A, used));
await fails(() => cache.put("data:,x", new Response("x")));
await fails(() => cache.match(URL_A, { ignoreSearch: true }));
await fails(() => caches.open("n".repeat(1025)));
await fails(() => cache.put(URL_A, new Response(new ReadableStream({ pull: (c) => c.error(new RangeError("mine")) }), keep())));
await fails(() => new Cache());
show(JSON.stringify(await text(await cache.match(URL_A))));
