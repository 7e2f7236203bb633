// Request and Response: bodies read in every way, once; clone; null bodies; Content-Type.
const log = (...values) => console.log(values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(" "));
const bytes = new TextEncoder().encode('{"a":"é"}');
const streamOf = (...chunks) =>
  new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
  });

for (const make of [() => '{"a":"é"}', () => bytes, () => bytes.buffer, () => new Blob([bytes], { type: "x/y" }), () => streamOf(bytes.slice(0, 6), bytes.slice(6))]) {
  const response = () => new Response(make());
  log(response().headers.get("content-type"), await response().text(), await response().json(), (await response().arrayBuffer()).byteLength, (await response().blob()).size);
}

const response = new Response("\ufeffonce", { status: 201, statusText: "Made", headers: { "X-A": "1" } });
log(response.status, response.statusText, response.ok, response.type, response.url, response.redirected, response.bodyUsed);
const clone = response.clone();
log(await response.text(), response.bodyUsed, clone.bodyUsed, await clone.text());
await response.text().catch((error) => log(error.name));
try {
  response.clone();
} catch (error) {
  log(error.name);
}

const streamed = new Response(streamOf(bytes));
const [one, two] = [streamed, streamed.clone()];
log(await one.text(), await two.text());
const reader = new Response("chunked").body.getReader();
log(new TextDecoder().decode((await reader.read()).value), (await reader.read()).done);

const json = Response.json({ a: [1] }, { status: 202 });
log(json.status, json.headers.get("content-type"), await json.json());
const redirect = Response.redirect("http://h/x", 307);
log(redirect.status, redirect.headers.get("location"), Response.error().type, Response.error().status);
log(new Response().body, new Response(null, { status: 204 }).status);

const request = new Request("http://h/p?q#f", { method: "post", body: "x", headers: { "x-a": "1" } });
log(request.method, request.url, request.headers.get("content-type"), request.redirect, request.signal.aborted);
const copy = new Request(request, { headers: { "x-b": "2" } });
log(request.bodyUsed, await copy.text(), [...copy.headers.keys()]);

for (const wrong of [
  () => new Response("x", { status: 204 }),
  () => new Response("x", { status: 600 }),
  () => new Request("relative"),
  () => new Request("http://u:p@h/"),
  () => new Request("http://h", { body: "x" }),
  () => new Request("http://h", { method: "TRACE" }),
  () => new Request("http://h", { method: "POST", body: streamOf() }),
  () => Response.redirect("http://h", 200),
  () => Response.json(undefined),
]) {
  try {
    wrong();
    log("no error");
  } catch (error) {
    log(error.name);
  }
}

const signal = AbortSignal.abort("stop");
log(await fetch("data:text/plain;charset=x,a%20b").then(async (r) => [r.status, r.headers.get("content-type"), await r.text()]));
log(await fetch("data:;base64,aGk=").then((r) => r.text()), await fetch("data:x", { signal }).catch((reason) => reason));
await fetch("ftp://h/").catch((error) => log(error.name));
