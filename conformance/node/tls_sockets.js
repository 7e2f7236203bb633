// TLS over a stream that is there, on both sides; certificates by name; certificates of clients.
import tls from "node:tls";
import net from "node:net";
import { readFileSync } from "node:fs";
import { once } from "node:events";
import { Duplex } from "node:stream";

const read = (name) => readFileSync(new URL(`fixtures/tls/${name}`, import.meta.url));
const [key, cert, otherKey, otherCert] = ["key.pem", "cert.pem", "other-key.pem", "other-cert.pem"].map(read);
const line = async (socket) => `${(await once(socket, "data"))[0]}`;

// STARTTLS: plain first, then both sides go on encrypted on the same connection.
const door = net.createServer(async (plain) => {
  plain.write("ready\n");
  await once(plain, "data");
  plain.write("go\n");
  const secure = new tls.TLSSocket(plain, { isServer: true, key, cert });
  secure.write("secret\n");
  secure.on("data", (data) => secure.end(`echo ${data}`));
}).listen(0, "127.0.0.1");
await once(door, "listening");
const plain = net.connect(door.address().port, "127.0.0.1");
console.log((await line(plain)).trim());
plain.write("STARTTLS\n");
console.log((await line(plain)).trim());
const upgraded = tls.connect({ socket: plain, servername: "localhost", ca: cert });
await once(upgraded, "secureConnect");
console.log(upgraded.authorized, upgraded.encrypted, upgraded.getProtocol(), upgraded.remotePort === door.address().port);
console.log((await line(upgraded)).trim());
upgraded.write("hello");
console.log(await line(upgraded));
await once(upgraded, "close");
door.close();

// Over any Duplex.
const ends = [];
for (const i of [0, 1]) {
  ends.push(new Duplex({
    read() {},
    write(chunk, _, done) {
      ends[1 - i].push(chunk);
      done();
    },
    final(done) {
      ends[1 - i].push(null);
      done();
    },
  }));
}
const inner = new tls.TLSSocket(ends[0], { isServer: true, secureContext: tls.createSecureContext({ key, cert }) });
inner.on("data", (data) => inner.write(`${data}`.toUpperCase()));
const over = tls.connect({ socket: ends[1], servername: "localhost", ca: cert });
over.write("over any stream");
console.log(await line(over));
over.destroy();
inner.destroy();

// Certificates by the name that a client asks for.
const server = tls.createServer({ key, cert }, (socket) => socket.end(`${socket.servername}`)).listen(0, "127.0.0.1");
await once(server, "listening");
server.addContext("*.other.example", { key: otherKey, cert: otherCert });
const seen = async (servername, options) => {
  const socket = tls.connect({ port: server.address().port, host: "127.0.0.1", servername, ca: [cert, otherCert], ...options });
  await once(socket, "secureConnect");
  const { CN } = socket.getPeerCertificate().subject;
  return [CN, await line(socket), socket.authorized];
};
console.log(...(await seen("localhost")));
console.log(...(await seen("www.other.example")));
server.close();

const asked = tls.createServer({
  key, cert,
  SNICallback: (name, done) => setTimeout(() => (name === "bad.example" ? done(new Error("no such name")) : done(null, tls.createSecureContext({ key: otherKey, cert: otherCert }))), 1),
}, (socket) => socket.end(`${socket.servername}`)).listen(0, "127.0.0.1");
await once(asked, "listening");
const failed = once(asked, "tlsClientError");
const named = tls.connect({ port: asked.address().port, host: "127.0.0.1", servername: "www.other.example", ca: otherCert });
console.log(await line(named), named.getPeerCertificate().subject.CN);
tls.connect({ port: asked.address().port, host: "127.0.0.1", servername: "bad.example", ca: otherCert }).on("error", () => {});
console.log((await failed)[0].message);
asked.close();

// Certificates of clients; a store instead of PEM.
const careful = tls.createServer({ pfx: read("other.pfx"), passphrase: "secret", requestCert: true, ca: cert }, (socket) => {
  socket.end(`${socket.authorized} ${socket.getPeerCertificate().subject.CN}`);
}).listen(0, "127.0.0.1");
careful.on("tlsClientError", () => {});
await once(careful, "listening");
const to = { port: careful.address().port, host: "127.0.0.1", servername: "www.other.example", ca: otherCert };
const known = tls.connect({ ...to, key, cert });
console.log(await line(known), known.getPeerCertificate().subject.CN);
const stranger = tls.connect(to);
stranger.on("error", () => {});
await new Promise((resolve) => stranger.once("close", resolve));
console.log("gone");
careful.close();
try {
  tls.createServer({ SNICallback: 1 });
} catch (error) {
  console.log(error.name, error.code);
}
