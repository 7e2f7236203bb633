// HTTP/2 on both ends: requests and answers by the compatibility API and by streams, over plain connections and TLS.
import http2 from "node:http2";
import https from "node:https";
import net from "node:net";
import { readFileSync } from "node:fs";
import { once } from "node:events";

const read = (name) => readFileSync(new URL(`fixtures/tls/${name}.pem`, import.meta.url));
const [key, cert] = [read("key"), read("cert")];
const text = async (stream) => {
  let all = "";
  for await (const part of stream.setEncoding("utf8")) all += part;
  return all;
};
const listening = async (server) => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `${server instanceof net.Server && server.key ? "https" : "http"}://127.0.0.1:${server.address().port}`;
};
const { constants } = http2;

// The compatibility API.
const server = http2.createServer(async (request, response) => {
  if (request.url === "/echo") {
    response.writeHead(201, { "Content-Type": "text/plain", "set-cookie": ["a=1", "b=2"] });
    for await (const part of request) response.write(part);
    response.setTrailer("x-sum", "7");
    response.end("!");
  } else if (request.url === "/facts") {
    const { method, httpVersion, authority, scheme, headers } = request;
    response.end(JSON.stringify([method, httpVersion, authority.split(":")[0], scheme, headers["x-a"], headers[":path"], request.complete]));
  } else if (request.url === "/hints") {
    response.writeEarlyHints({ link: "</style.css>; rel=preload" });
    response.statusCode = 204;
    response.end();
  } else if (request.url === "/wrong") {
    for (const act of [() => response.setHeader(":status", 1), () => response.setHeader("a b", 1), () => (response.statusCode = 700), () => (response.statusCode = 101)]) {
      try {
        act();
      } catch (error) {
        response.write(`${error.code}\n`);
      }
    }
    response.end();
  } else {
    response.end("plain");
  }
});
const authority = await listening(server);
const client = http2.connect(authority);
const ask = (headers, body) => new Promise((resolve, reject) => {
  const stream = client.request(headers, { endStream: body === undefined });
  const seen = { info: [], trailers: undefined };
  stream.on("headers", (info) => seen.info.push(info[":status"]));
  stream.on("trailers", (trailers) => (seen.trailers = { ...trailers }));
  stream.on("response", async (response) => resolve({ ...seen, response, text: await text(stream).catch(reject), get trailers() { return seen.trailers; } }));
  stream.on("error", reject);
  if (body !== undefined) stream.end(body);
});
await once(client, "connect");
console.log(client.encrypted, client.alpnProtocol, client.type === constants.NGHTTP2_SESSION_CLIENT, client.connecting);
let answer = await ask({ ":path": "/echo", ":method": "POST" }, "x".repeat(300_000));
console.log(answer.response[":status"], answer.response["content-type"], answer.response["set-cookie"], answer.text.length, answer.trailers);
answer = await ask({ ":path": "/facts", "X-A": "b" });
console.log(answer.text);
answer = await ask({ ":path": "/hints" });
console.log(answer.response[":status"], answer.info);
console.log((await ask({ ":path": "/wrong" })).text.trim().split("\n"));
console.log((await Promise.all(Array.from({ length: 20 }, (_, i) => ask({ ":path": `/${i}` })))).every(({ text: one }) => one === "plain"));

// Settings, pings, and what can't be.
await new Promise((resolve) => client.ping(Buffer.from("12345678"), (error, duration, payload) => resolve(console.log("ping", error, duration >= 0, `${payload}`))));
for (const act of [
  () => client.request({ connection: "close" }), () => client.request({ ":other": "a" }), () => client.ping(Buffer.alloc(3), () => {}),
  () => client.settings({ maxFrameSize: 1 }), () => http2.getUnpackedSettings(Buffer.alloc(5)), () => http2.connect("ftp://a"), () => client.socket.write("a"),
]) {
  try {
    act();
    console.log("nothing");
  } catch ({ name, code }) {
    console.log(name, code);
  }
}
client.close();
await once(client, "close");
server.close();
await once(server, "close");
console.log(http2.getUnpackedSettings(http2.getPackedSettings({ enablePush: false, initialWindowSize: 1 })));

// Streams.
const streams = http2.createServer();
streams.on("session", (session) => console.log("session", session.type === constants.NGHTTP2_SESSION_SERVER, session.encrypted));
streams.on("stream", (stream, headers) => {
  const path = headers[constants.HTTP2_HEADER_PATH];
  if (path === "/trailers") {
    stream.respond({ ":status": 200 }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    stream.end("data");
  } else if (path === "/info") {
    stream.additionalHeaders({ ":status": 103, link: "<a>" });
    stream.respond({ ":status": 404 }, { endStream: true });
  } else if (path === "/file") {
    stream.respondWithFile(new URL(`fixtures/tls/cert.pem`, import.meta.url).pathname, { "content-type": "text/plain" }, { offset: 5, length: 17 });
  } else if (path === "/reset") {
    stream.on("error", () => {});
    stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  } else if (path === "/cancel") {
    stream.respond();
    stream.on("aborted", () => console.log("aborted", stream.rstCode === constants.NGHTTP2_CANCEL));
    stream.write("begin");
  }
});
const door = await listening(streams);
const session = http2.connect(door);
const open = (path) => session.request({ ":path": path });
let stream = open("/trailers");
const trailers = once(stream, "trailers");
console.log(await text(stream), (await trailers)[0]["grpc-status"]);
stream = open("/info");
const [[info], [head]] = await Promise.all([once(stream, "headers"), once(stream, "response")]);
console.log(info[":status"], head[":status"]);
stream.resume();
stream = open("/file");
console.log(await text(stream));
stream = open("/reset");
const [failed] = await once(stream, "error");
console.log(failed.code, failed.message, stream.rstCode);
stream = open("/cancel");
await once(stream, "data");
stream.close(constants.NGHTTP2_CANCEL);
await once(stream, "close");
console.log(stream.rstCode, stream.destroyed);
const aborting = new AbortController();
stream = session.request({ ":path": "/cancel" }, { signal: aborting.signal });
stream.on("response", () => aborting.abort());
const [abort] = await once(stream, "error");
console.log(abort.name, abort.code);
const gone = once(session, "close");
session.destroy();
await gone;
streams.close();
await once(streams, "close");

// TLS, with HTTP/1.1 for those who ask for it.
const both = http2.createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
  response.end(`${request.httpVersion} ${request.socket.alpnProtocol ?? request.stream.session.alpnProtocol}`);
});
await listening(both);
const secure = http2.connect(`https://localhost:${both.address().port}`, { ca: cert });
const inside = secure.request();
console.log(await text(inside), secure.encrypted, secure.alpnProtocol, secure.socket.authorized);
const [old] = await once(https.get({ port: both.address().port, host: "127.0.0.1", servername: "localhost", ca: cert, ALPNProtocols: ["http/1.1"], agent: false }), "response");
console.log(await text(old));
secure.close();
await once(secure, "close");
both.close();
await once(both, "close");

// A client of another protocol.
const strict = http2.createServer();
const at = new URL(await listening(strict));
strict.on("sessionError", (error) => console.log(error.code));
const other = net.connect(at.port, at.hostname);
other.end("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
other.resume();
await once(other, "close");
strict.close();
