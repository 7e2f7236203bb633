// Ten thousand connections to a port of its own: those over the limit fail, the others work on.
import { connect, createServer } from "node:net";

const server = createServer((socket) => socket.pipe(socket)).listen(0);
let connected = 0;
let failure;
let open = 10_000;
server.on("error", () => {});
const { port } = server.address();
for (let i = 0; i < 10_000; i++) {
  const socket = connect(port, "127.0.0.1");
  socket.on("connect", () => connected++);
  socket.on("error", (error) => (failure ??= error));
  socket.on("close", () => open--);
}
const poll = setInterval(() => {
  if (failure === undefined || connected === 0) return;
  clearInterval(poll);
  console.log(failure.code, failure.message.replaceAll(port, "PORT"), open <= 1_000);
  process.exit();
}, 10);
