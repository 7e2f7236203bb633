// socket.io on both ends: events, acknowledgements, rooms, by WebSocket and by polling.
import { createServer } from "node:http";
import { once } from "node:events";
import { Server } from "socket.io";
import { io as connect } from "socket.io-client";
import { listening } from "./fixtures/ask.js";

const server = createServer();
const io = new Server(server);
io.on("connection", (socket) => {
  socket.on("echo", (value, answer) => answer(value));
  socket.on("join", (room, answer) => {
    socket.join(room);
    answer(io.sockets.adapter.rooms.get(room).size);
  });
  socket.on("tell", (room, text) => io.to(room).emit("told", text));
});
server.listen(0, "127.0.0.1");
const port = await listening(server);
for (const transport of ["websocket", "polling"]) {
  const [one, two] = [0, 1].map(() => connect(`http://127.0.0.1:${port}`, { transports: [transport], forceNew: true }));
  await Promise.all([once(one, "connect"), once(two, "connect")]);
  console.log(transport, one.io.engine.transport.name, JSON.stringify(await one.emitWithAck("echo", { a: [1, "ü"], b: null })));
  console.log(`${(await one.emitWithAck("echo", Buffer.from("bytes")))}`, await one.emitWithAck("join", transport), await two.emitWithAck("join", transport));
  const told = [once(one, "told"), once(two, "told")];
  one.emit("tell", transport, "to everybody");
  console.log((await Promise.all(told)).map(([text]) => text));
  one.close();
  two.close();
}
await io.close();
console.log("closed");
