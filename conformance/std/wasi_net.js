// wasi_net and what else programs for wasmedge-quickjs use of the network: http's request by href, http's fetch, sleep.
import * as net from "wasi_net";
import { createServer, fetch, request } from "http";
import { TextDecoder } from "util";
import { once } from "events";

const text = (bytes) => new TextDecoder().decode(bytes);
const free = createServer().listen(0);
await once(free, "listening");
const { port } = free.address();
await new Promise((resolve) => free.close(resolve));

const server = new net.WasiTcpServer(port);
const accepted = server.accept();
const client = await net.WasiTcpConn.connect("127.0.0.1", port);
const connection = await accepted;
print(client.local() === connection.peer(), client.peer().endsWith(`:${port}`));
client.write("hello");
const got = await connection.read();
print(got instanceof ArrayBuffer, text(got));
connection.write(new Uint8Array([101, 99, 104, 111]));
print(text(await client.read()));
print(await client.read(5).catch((error) => error.message), await server.accept(5).catch((error) => error.message));
client.end();
print(await connection.read());
connection.close();
print(await client.read());
const refused = await net.WasiTcpConn.connect("127.0.0.1", 1).catch((error) => error.code);
print(refused);

const web = createServer((req, resp) => {
  req.on("data", (body) => {
    resp.write("echo:");
    resp.end(body);
  });
}).listen(0, async () => {
  const href = `http://127.0.0.1:${web.address().port}/request`;
  const asked = request({ href, method: "POST" }, (resp) => {
    let data = "";
    resp.on("data", (chunk) => (data += chunk));
    resp.on("end", async () => {
      print("request", data);
      print("fetch", await (await fetch(href, { method: "POST", body: "by fetch" })).text());
      print(await sleep(() => "slept", 5));
      exit(0);
    });
  });
  asked.end("by href");
});
