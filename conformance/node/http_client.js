// http.request(): bodies both ways, agents, trailers, informational responses, failures and malformed answers.
import http from "node:http";
import net from "node:net";
import { once } from "node:events";

const server = http.createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  const { connection, "transfer-encoding": coding, "content-length": length } = request.headers;
  if (request.url === "/never") return;
  if (request.url === "/slow") {
    response.write("first ");
    setTimeout(() => response.end("second"), 20);
  } else if (request.url === "/large") {
    response.end(Buffer.alloc(1 << 20, "x"));
  } else if (request.url === "/hints") {
    response.writeEarlyHints({ link: "</a.css>; rel=preload" });
    response.end("hinted");
  } else {
    response.setHeader("X-Twice", ["a", "b"]);
    response.end(`${request.method} ${request.url} "${body}" ${connection} ${coding} ${length} ${request.headers.authorization}`);
  }
});
await once(server.listen(0, "127.0.0.1"), "listening");
const { port } = server.address();

async function ask(options, ...body) {
  const request = http.request(typeof options === "string" ? options : { port, host: "127.0.0.1", ...options });
  for (const part of body.slice(0, -1)) request.write(part);
  request.end(body.at(-1));
  try {
    const [response] = await once(request, "response");
    let text = "";
    for await (const part of response.setEncoding("utf8")) text += part;
    return [response.statusCode, text, response.complete];
  } catch (error) {
    return [error.name, error.code, error.message.replace(`:${port}`, ":PORT")];
  }
}

console.log(...(await ask({ path: "/get" })));
console.log(...(await ask({ path: "/delete", method: "DELETE" })));
console.log(...(await ask({ path: "/post", method: "POST" }, "whole")));
console.log(...(await ask({ path: "/post", method: "POST" }, "in ", "parts")));
console.log(...(await ask({ path: "/put", method: "PUT", headers: { "Content-Length": 6 } }, "known ", "")));
console.log(...(await ask({ path: "/auth", auth: "me:secret" })));
console.log(...(await ask(`http://127.0.0.1:${port}/slow?from=url`)).map((one) => `${one}`.slice(0, 40)));
console.log(...(await ask({ path: "/slow" })));
console.log((await ask({ path: "/large" }))[1].length);

// One connection serves one request after the other.
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const ports = new Set();
for (let i = 0; i < 3; i++) {
  const request = http.get({ port, host: "127.0.0.1", agent, path: `/${i}` });
  const [response] = await once(request, "response");
  ports.add(request.socket.localPort);
  const closed = once(request, "close");
  response.resume();
  await closed;
}
console.log(ports.size, Object.keys(agent.freeSockets).length, agent.totalSocketCount);
agent.destroy();

const hinted = http.get({ port, host: "127.0.0.1", path: "/hints" });
hinted.on("information", ({ statusCode, headers }) => console.log(statusCode, headers.link));
const [after] = await once(hinted, "response");
console.log(after.statusCode);
after.resume();

const aborting = new AbortController();
const aborted = ask({ path: "/slow", signal: aborting.signal });
aborting.abort();
console.log(...(await aborted));
const timing = http.get({ port, host: "127.0.0.1", path: "/never", timeout: 5 });
await once(timing, "timeout");
timing.destroy();
console.log((await once(timing, "error"))[0].code);
console.log(...(await ask({ port: 1 })));

// Origins that say what a server shouldn't: each answer as it is written on the wire.
const answers = {
  trailers: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n",
  toTheEnd: "HTTP/1.0 200 OK\r\n\r\nuntil the end",
  folded: "HTTP/1.1 200 OK\r\nX-Long: a\r\n b\r\nContent-Length: 0\r\n\r\n",
  status: "HTTP/1.1 abc\r\n\r\n",
  header: "HTTP/1.1 200 OK\r\nbad header: 1\r\n\r\n",
  chunk: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  lengths: "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
  both: "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
  short: "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
  nothing: "",
  long: `HTTP/1.1 200 OK\r\nX-Long: ${"x".repeat(20000)}\r\n\r\n`,
};
for (const [name, answer] of Object.entries(answers)) {
  const origin = net.createServer((socket) => {
    socket.once("data", () => socket.end(answer));
    socket.on("error", () => {});
  });
  await once(origin.listen(0, "127.0.0.1"), "listening");
  const request = http.get({ port: origin.address().port, host: "127.0.0.1" });
  request.on("error", (error) => console.log(name, "request", error.code));
  try {
    const [response] = await once(request, "response");
    let text = "";
    for await (const part of response) text += part;
    console.log(name, response.statusCode, text, response.headers["x-long"], response.trailers);
  } catch (error) {
    console.log(name, error.code);
  }
  origin.close();
}

for (const wrong of [{ path: "/a b" }, { protocol: "ftp:" }, { method: "a b" }, { hostname: 1 }, { agent: 1 }]) {
  try {
    http.request({ port, ...wrong });
  } catch (error) {
    console.log(error.name, error.code);
  }
}
server.closeAllConnections();
server.close();
