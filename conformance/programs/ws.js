// The package ws on both ends: an echo server on node:http's upgrade, its own client.
import { createServer } from "node:http";
import { once } from "node:events";
import { WebSocket, WebSocketServer } from "ws";
import { ask, listening } from "./fixtures/ask.js";

const server = createServer((_request, response) => response.end("plain"));
const sockets = new WebSocketServer({ noServer: true });
server.on("upgrade", (request, socket, head) => {
  if (request.url === "/refused") {
    socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nX-Why: no\r\n\r\n");
    return;
  }
  sockets.handleUpgrade(request, socket, head, (connection) => sockets.emit("connection", connection, request));
});
sockets.on("connection", (connection, request) => {
  connection.on("message", (data, isBinary) => connection.send(data, { binary: isBinary }));
  connection.send(`welcome to ${request.url}`);
});
server.listen(0, "127.0.0.1");
const port = await listening(server);

const client = new WebSocket(`ws://127.0.0.1:${port}/chat?room=1`);
const messages = [];
let wanted = () => {};
client.on("message", (data, isBinary) => {
  messages.push(isBinary ? data : `${data}`);
  wanted();
});
const count = (n) => new Promise((resolve) => {
  wanted = () => messages.length >= n && resolve();
  wanted();
});
await once(client, "open");
await count(1);
client.send("text ü€😀");
client.send(Buffer.from([0, 1, 255]));
const long = "x".repeat(200_000);
client.send(long);
await count(4);
console.log(messages[0], messages[1], messages[2], messages[3] === long, client.protocol === "");
client.ping("are you there");
const [pong] = await once(client, "pong");
console.log(`${pong}`);
const [accepted] = sockets.clients;
const closed = [once(client, "close"), once(accepted, "close")];
client.close(1000, "done");
for (const [code, reason] of await Promise.all(closed)) console.log(code, `${reason}`);
console.log(sockets.clients.size);

const refused = new WebSocket(`ws://127.0.0.1:${port}/refused`);
const [, response] = await once(refused, "unexpected-response");
console.log(response.statusCode, response.headers["x-why"]);
refused.on("error", () => {});
refused.terminate();
response.resume();
console.log(`${(await ask(port, "/")).body}`);
server.close(() => console.log("closed"));
