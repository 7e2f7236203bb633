// Who connects before server.close() is served, or cut off by the network; 'close' comes after the last connection.
import { once } from "node:events";
import net from "node:net";

const ROUNDS = 4;
let ended = 0;
let late = 0;
for (let i = 0; i < ROUNDS; i++) {
  let isClosed = false;
  const server = net.createServer((socket) => {
    if (isClosed) late++;
    socket.end("served");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = net.connect(server.address().port, "127.0.0.1");
  let text = "";
  let cut = false;
  client.setEncoding("utf8").on("data", (chunk) => (text += chunk)).on("error", () => (cut = true));
  const over = new Promise((resolve) => client.on("close", resolve));
  await once(client, "connect").catch(() => {});
  // The connection may be taken meanwhile, and the program hears of it after it has closed the server.
  for (const start = performance.now(); performance.now() - start < 2;);
  server.close();
  await once(server, "close");
  isClosed = true;
  await over;
  if (text === "served" || cut) ended++;
}
console.log(ended, late);
