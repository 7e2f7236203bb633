// A server's address is known when listen() returns, unless a name has to be looked up first.
import { once } from "node:events";
import http from "node:http";
import net from "node:net";

const closed = (server) => new Promise((resolve) => server.close(resolve));

for (const { createServer } of [net, http]) {
  let told = 0;
  const server = createServer().listen(0, () => told++);
  const { address, family, port } = server.address();
  console.log(address, family, port > 0, told);
  await once(server, "listening");
  console.log(told, server.address().port === port);

  const second = createServer().listen(port);
  console.log(createServer().address());
  const [{ code, syscall }] = await once(second, "error");
  console.log(code, syscall, second.address());
  await closed(server);
  console.log(server.address());

  const local = createServer().listen(0, "127.0.0.1");
  console.log(local.address().address, local.address().family);
  await once(local, "listening");
  await closed(local);

  const named = createServer().listen(0, "localhost");
  console.log(named.address());
  await once(named, "listening");
  console.log(named.address().port > 0);
  await closed(named);
}
const gone = net.createServer().listen(0, () => console.log("never"));
await closed(gone);
console.log("closed before it was told");
