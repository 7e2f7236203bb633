// fetch over the network: bodies both ways, redirects, content codings, abort, what goes wrong.
import { createServer } from "node:http";
import { brotliCompressSync, gzipSync, deflateSync, zstdCompressSync } from "node:zlib";

const packed = (res, coding, bytes) => {
  res.writeHead(200, { "content-encoding": coding, "content-length": bytes.length, "content-type": "text/plain" });
  res.end(bytes);
};
const answers = {
  "/hello": (req, res) => res.writeHead(200, { "x-a": "1", "set-cookie": ["a=1", "b=2"] }).end("hello"),
  "/headers": (req, res) => res.end(JSON.stringify(req.headers)),
  "/brotli": (req, res) => packed(res, "br", brotliCompressSync("packed ".repeat(1000))),
  "/zstd": (req, res) => packed(res, "zstd", Buffer.concat(["packed ".repeat(900), "packed ".repeat(100)].map((text) => zstdCompressSync(text)))),
  "/gzip": (req, res) => packed(res, "gzip", gzipSync("packed ".repeat(1000))),
  "/deflate": (req, res) => packed(res, "deflate", deflateSync("packed")),
  "/damaged": (req, res) => packed(res, "gzip", Buffer.from("not gzip")),
  "/echo": (req, res) => {
    res.writeHead(200, { "x-method": req.method, "x-type": `${req.headers["content-type"]}`, "x-length": `${req.headers["content-length"]}` });
    req.pipe(res);
  },
  "/to": (req, res, query) => res.writeHead(+query.get("status"), { location: query.get("location") }).end("moved"),
  "/loop": (req, res) => res.writeHead(302, { location: "/loop" }).end(),
  "/204": (req, res) => res.writeHead(204).end(),
  "/404": (req, res) => res.writeHead(404, "Not Here").end("nothing"),
  "/slow": (req, res) => void (res.write("first"), req.on("close", () => {}), release.then(() => res.end("second"))),
  "/endless": (req, res) => res.write("first"),
};
let releaseSlow;
const release = new Promise((resolve) => (releaseSlow = resolve));
const server = createServer((req, res) => {
  const url = new URL(req.url, "http://origin");
  answers[url.pathname](req, res, url.searchParams);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const shown = (value) => JSON.stringify(value).replaceAll(origin, "ORIGIN");
const show = async (name, attempt) => {
  try {
    console.log(name, shown(await attempt()));
  } catch (error) {
    console.log(name, error.name, error.message, error.cause !== undefined);
  }
};
const showName = (name, attempt) => show(name, async () => attempt().catch((error) => error.name));
const bytes = (text) => new TextEncoder().encode(text);

await show("plain", async () => {
  const response = await fetch(`${origin}/hello#part`);
  const { status, statusText, ok, type, url, redirected, headers } = response;
  return [status, statusText, ok, type, url, redirected, headers.get("x-a"), headers.getSetCookie(), await response.text()];
});
await showName("frozen headers", async () => (await fetch(`${origin}/hello`)).headers.set("a", "b"));
await show("request headers", async () => {
  const sent = await (await fetch(`${origin}/headers`, { headers: { "x-b": "2", cookie: "c=3", accept: "text/x" } })).json();
  return [sent["x-b"], sent.cookie, sent.accept, sent["accept-encoding"].includes("gzip"), typeof sent["user-agent"]];
});
await show("brotli", async () => {
  const response = await fetch(`${origin}/brotli`);
  return [response.headers.get("content-encoding"), (await response.text()).length];
});
await show("zstd, two frames", async () => {
  const response = await fetch(`${origin}/zstd`);
  return [response.headers.get("content-encoding"), (await response.text()).length];
});
await show("gzip", async () => {
  const response = await fetch(`${origin}/gzip`);
  return [response.headers.get("content-encoding"), response.headers.get("content-length") < 200, (await response.text()).length];
});
await show("deflate", async () => (await fetch(`${origin}/deflate`)).text());
await show("damaged", async () => (await fetch(`${origin}/damaged`)).text());
await show("404", async () => {
  const response = await fetch(`${origin}/404`);
  return [response.status, response.statusText, response.ok, await response.text()];
});
await show("204", async () => (await fetch(`${origin}/204`)).body);
await show("head", async () => (await fetch(`${origin}/hello`, { method: "HEAD" })).body);

const echoed = async (init) => {
  const response = await fetch(`${origin}/echo`, init);
  return ["x-method", "x-type", "x-length"].map((name) => response.headers.get(name)).concat(await response.text());
};
await show("text", () => echoed({ method: "POST", body: "héllo" }));
await show("bytes", () => echoed({ method: "PUT", body: new Uint8Array([65, 66]) }));
await show("blob", () => echoed({ method: "POST", body: new Blob(["blob"], { type: "text/x" }) }));
await show("form", () => echoed({ method: "POST", body: new URLSearchParams({ a: "1 2" }) }));
await show("patch", () => echoed({ method: "PATCH", body: "p" }));
await show("empty post", () => echoed({ method: "POST" }));
await show("stream", () => echoed({ method: "POST", duplex: "half", body: ReadableStream.from([bytes("a"), bytes("b")]) }));
await show("request", () => echoed(new Request(`${origin}/echo`, { method: "POST", body: "r" })));
await show("failing stream", () => echoed({ method: "POST", duplex: "half", body: new ReadableStream({ pull() { throw new Error("no more"); } }) }));

const redirect = async (status, location, init) => {
  const response = await fetch(`${origin}/to?status=${status}&location=${encodeURIComponent(location)}`, init);
  return [response.status, response.redirected, response.url, response.headers.get("x-method"), await response.text()];
};
for (const status of [301, 302, 303, 307, 308]) await show(`${status}`, () => redirect(status, "/echo", { method: "POST", body: "b" }));
await show("chain", () => redirect(302, `${origin}/to?status=307&location=%2Fecho`));
await show("loop", () => fetch(`${origin}/loop`));
await show("manual", () => redirect(302, "/echo", { redirect: "manual" }));
await show("refused redirect", () => redirect(302, "/echo", { redirect: "error" }));
await show("elsewhere", () => redirect(302, "data:,x"));
await show("stream again", () => redirect(307, "/echo", { method: "POST", duplex: "half", body: ReadableStream.from([bytes("s")]) }));
await show("credentials", async () => {
  const there = `http://localhost:${server.address().port}/headers`;
  const init = { headers: { authorization: "secret", "x-kept": "1" } };
  const sent = JSON.parse((await redirect(302, there, init))[4]);
  const same = JSON.parse((await redirect(302, "/headers", init))[4]);
  return [sent.authorization, sent["x-kept"], same.authorization];
});

const slow = await fetch(`${origin}/slow`);
const reader = slow.body.getReader();
console.log("chunk", new TextDecoder().decode((await reader.read()).value));
releaseSlow();
console.log("chunk", new TextDecoder().decode((await reader.read()).value), (await reader.read()).done);

await show("aborted before", () => fetch(`${origin}/hello`, { signal: AbortSignal.abort() }));
await show("aborted for a reason", async () => {
  const controller = new AbortController();
  const response = fetch(`${origin}/slow`, { signal: controller.signal });
  controller.abort(new RangeError("reason"));
  return response;
});
await showName("aborted in the body", async () => {
  const controller = new AbortController();
  const response = await fetch(`${origin}/endless`, { signal: controller.signal });
  controller.abort();
  return response.text();
});
await show("clone", async () => {
  const response = await fetch(`${origin}/hello`);
  const copy = response.clone();
  return [await response.text(), await copy.text()];
});
await show("many", async () => {
  const texts = await Promise.all(Array.from({ length: 40 }, async () => (await fetch(`${origin}/hello`)).text()));
  return texts.every((text) => text === "hello");
});
await show("cancel", async () => {
  const { body } = await fetch(`${origin}/gzip`);
  await body.cancel();
  return body.locked;
});
await show("scheme", () => fetch("gopher://host/"));
await showName("method", () => fetch(origin, { method: "CONNECT" }));
await showName("header", () => fetch(origin, { headers: { a: "b\nc" } }));
await showName("body with GET", () => fetch(origin, { body: "x" }));
server.closeAllConnections?.();
await new Promise((resolve) => server.close(resolve));
await show("closed", () => fetch(`${origin}/hello`));
