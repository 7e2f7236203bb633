// https.createServer: requests, answers, keep-alive, bad input, upgrades and the connection's facts, over TLS of the program's own.
import https from "node:https";
import http from "node:http";
import tls from "node:tls";
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

const server = https.createServer({ key: `${key}`, cert }, async (request, response) => {
  const { pathname } = new URL(request.url, "https://x");
  if (pathname === "/facts") {
    const { socket } = request;
    response.setHeader("X-Of", "server");
    response.end(JSON.stringify([socket.encrypted, socket instanceof tls.TLSSocket, socket.servername, socket.alpnProtocol, socket.getProtocol(), request.httpVersion]));
  } else if (pathname === "/echo") {
    response.writeHead(201, { "Content-Type": "text/plain", Trailer: "X-Sum" });
    let length = 0;
    for await (const part of request) {
      length += part.length;
      response.write(part);
    }
    response.addTrailers({ "X-Sum": `${length}` });
    response.end();
  } else if (pathname === "/none") {
    response.writeHead(204).end();
  } else {
    response.end(`${request.method} ${request.url}`);
  }
});
console.log(server instanceof tls.Server, server.listening, server.keepAliveTimeout > 0);
await once(server.listen(0, "127.0.0.1"), "listening");
const { port } = server.address();
const to = { port, host: "127.0.0.1", servername: "localhost", ca: cert };

const ask = (options, body) => new Promise((resolve, reject) => {
  const request = https.request({ ...to, ...options }, (response) => resolve(response)).on("error", reject);
  request.end(body);
});
let response = await ask({ path: "/facts" });
console.log(response.statusCode, response.headers["x-of"], response.headers["content-length"] > 0, await text(response));
response = await ask({ path: "/echo", method: "POST" }, "a".repeat(100_000));
console.log(response.statusCode, response.headers["transfer-encoding"], (await text(response)).length, response.trailers);
response = await ask({ path: "/none" });
console.log(response.statusCode, Object.keys(response.headers).includes("content-length"), await text(response));
response = await ask({ path: "/head", method: "HEAD" });
console.log(response.statusCode, await text(response));

// Two requests on one connection, one after the other and at once.
const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
const ports = new Set();
for (let i = 0; i < 3; i++) {
  response = await ask({ path: `/${i}`, agent });
  ports.add(response.socket.localPort);
  await text(response);
}
agent.destroy();
console.log(ports.size);

const raw = async (bytes, at = port) => {
  const socket = tls.connect({ ...to, port: at });
  await once(socket, "secureConnect");
  socket.write(bytes);
  return (await text(socket)).replace(/Date: .*\r\n/g, "");
};
console.log(JSON.stringify(await raw("GET /one HTTP/1.1\r\nHost: a\r\n\r\nGET /two HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")));
console.log(JSON.stringify(await raw("GET /old HTTP/1.0\r\n\r\n")));
for (const bad of [
  "nonsense\r\n\r\n",
  "GET / HTTP/1.1\r\n\r\n",
  `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
  "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\nx",
  "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
]) console.log((await raw(bad)).split("\r\n")[0]);

// 100-continue, an upgrade, and a client that breaks the rules, as listeners see it.
const waiting = https.request({ ...to, method: "PUT", path: "/continue", headers: { Expect: "100-continue" } });
waiting.flushHeaders();
await once(waiting, "continue");
waiting.end("body");
[response] = await once(waiting, "response");
console.log(response.statusCode, await text(response));
server.once("upgrade", (request, socket, head) => {
  socket.end(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${request.headers.upgrade}\r\n\r\n${head}`);
});
console.log(JSON.stringify(await raw("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: thing\r\n\r\nearly")));
server.once("clientError", (error, socket) => {
  console.log(error.code);
  socket.end("HTTP/1.1 418 I'm a Teapot\r\nConnection: close\r\n\r\n");
});
console.log(JSON.stringify(await raw("nonsense\r\n\r\n")));

// What isn't TLS.
const plain = net.connect(port, "127.0.0.1");
const refused = once(server, "tlsClientError");
plain.on("error", () => {});
plain.end("GET / HTTP/1.1\r\n\r\n");
console.log((await refused)[0] instanceof Error);

// A connection that a program gives to a server of node:http.
const given = http.createServer((request, answer) => answer.end(`given ${request.url}`));
const door = net.createServer((socket) => given.emit("connection", socket)).listen(0, "127.0.0.1");
await once(door, "listening");
const [through] = await once(http.get({ port: door.address().port, host: "127.0.0.1", path: "/x", agent: false }), "response");
console.log(through.statusCode, await text(through));
door.close();

// Who takes too long.
const hasty = https.createServer({ key, cert, handshakeTimeout: 100 });
await once(hasty.listen(0, "127.0.0.1"), "listening");
hasty.once("tlsClientError", (error) => console.log(error.code));
const silent = net.connect(hasty.address().port, "127.0.0.1").on("error", () => {}).resume();
await new Promise((resolve) => silent.once("close", resolve));
hasty.close();
const strict = https.createServer({ key, cert, headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 20 });
await once(strict.listen(0, "127.0.0.1"), "listening");
console.log(JSON.stringify(await raw("GET / HTTP/1.1\r\nHost:", strict.address().port)));
strict.close();
server.close(() => console.log("closed"));
https.globalAgent.destroy();
