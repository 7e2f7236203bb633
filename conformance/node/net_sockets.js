// Two ends of TCP connections in one program: bytes, half-closed connections, failures, limits of the arguments.
import net from "node:net";
import { once } from "node:events";

function listening(server) {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
}

const echo = net.createServer((socket) => socket.pipe(socket));
const port = await listening(echo);
console.log(echo.listening, echo.address().address, echo.address().family);

const client = net.connect({ port, host: "127.0.0.1" });
console.log(client.connecting, client.readyState);
await once(client, "connect");
console.log(client.connecting, client.readyState, client.remoteAddress, client.remotePort === port, client.remoteFamily);
client.setEncoding("utf8");
client.write("one ");
client.write(Buffer.from("two "));
client.end("three");
let text = "";
for await (const part of client) text += part;
console.log(text, client.bytesRead, client.bytesWritten, client.destroyed);

// A connection that is half closed goes on to be written to, where that is allowed.
const late = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.resume().on("end", () => setTimeout(() => socket.end("after your end"), 10));
});
const half = net.connect(await listening(late), "127.0.0.1");
half.end();
console.log(`${(await once(half, "data"))[0]}`);
await once(half, "close");
late.close();

// A megabyte each way, paced by whoever reads.
const large = net.connect(port, "127.0.0.1");
const sent = Buffer.alloc(1 << 20, "0123456789");
let waited = 0;
let got = 0;
for (let at = 0; at < sent.length; at += 16384) {
  if (!large.write(sent.subarray(at, at + 16384))) waited++;
}
large.end();
for await (const part of large) {
  if (!part.equals(sent.subarray(got, got + part.length))) throw new Error(`differs after ${got}`);
  got += part.length;
}
console.log(got === sent.length, waited > 0);

// The other side cuts the connection off.
const cutting = net.createServer((socket) => socket.on("data", () => socket.resetAndDestroy()));
const cut = net.connect(await listening(cutting), "127.0.0.1", () => cut.write("x"));
const [reset] = await once(cut, "error");
console.log(reset.code, reset.syscall, reset.message);
cutting.close();

// Ports.
const taken = net.createServer();
taken.listen(port, "127.0.0.1");
const [inUse] = await once(taken, "error");
console.log(inUse.code, inUse.syscall, inUse.port === port, inUse.message.replace(`${port}`, "PORT"));
await new Promise((resolve) => echo.close(resolve));
const nobody = net.connect(1, "127.0.0.1");
const [refused] = await once(nobody, "error");
console.log(refused.code, refused.syscall, refused.address, refused.message);
const unknown = net.connect(80, "no-such-host.invalid");
const [notFound] = await once(unknown, "error");
console.log(notFound.syscall, notFound.hostname, notFound.message.replace("EAI_AGAIN", "ENOTFOUND"));

// Time, and arguments.
const silent = net.createServer(() => {});
const idle = net.connect(await listening(silent), "127.0.0.1");
idle.setTimeout(20);
await once(idle, "timeout");
idle.destroy();
await once(idle, "close");
silent.close();
for (const wrong of [() => net.connect({}), () => net.connect({ port: 70000 }), () => net.connect({ port: 1, lookup: 1 }), () => new net.Socket({ objectMode: true }), () => net.createServer().listen({})]) {
  try {
    wrong();
  } catch (error) {
    console.log(error.name, error.code);
  }
}
console.log(await new Promise((resolve) => net.createServer().close((error) => resolve(error.code))));

// What tells addresses apart.
const list = new net.BlockList();
list.addAddress("123.123.123.123");
list.addRange("10.0.0.1", "10.0.0.10");
list.addSubnet("8592:757c:efae:4e45::", 64, "ipv6");
console.log(list.check("123.123.123.123"), list.check("10.0.0.3"), list.check("222.111.111.222"), list.check("::ffff:7b7b:7b7b", "ipv6"),
  list.check("::ffff:123.123.123.123", "ipv6"), list.check("8592:757c:efae:4e45::1", "ipv6"), list.rules);
const address = new net.SocketAddress({ address: "1.2.3.4", port: 5 });
console.log(address.address, address.port, address.family, address.flowlabel);
