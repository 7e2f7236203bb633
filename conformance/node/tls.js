// TLS on both ends of one program: keys, names, protocols, refusals, and https over it.
import tls from "node:tls";
import https from "node:https";
import { readFileSync } from "node:fs";
import { once } from "node:events";

const read = (name) => readFileSync(new URL(`fixtures/tls/${name}.pem`, import.meta.url));
const [key, cert] = [read("key"), read("cert")];
const server = tls.createServer({ key, cert, ALPNProtocols: ["http/1.1"] }, (socket) => {
  socket.on("error", () => {});
  socket.once("data", (data) => {
    const answer = `${data}`.startsWith("GET") ? "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" : "";
    socket.end(`${answer}hello`);
  });
});
server.on("tlsClientError", () => {});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address();
const to = { port, host: "127.0.0.1", servername: "localhost" };

const socket = tls.connect({ ...to, ca: cert, ALPNProtocols: ["http/1.1"] });
await once(socket, "secureConnect");
const peer = socket.getPeerCertificate();
console.log(socket.authorized, socket.encrypted, socket.getProtocol(), socket.alpnProtocol, socket.getCipher().standardName.slice(0, 4));
console.log(peer.subject.CN, peer.issuer.CN, peer.subjectaltname, peer.fingerprint256 === new Set([peer.fingerprint256]).values().next().value, peer.serialNumber.length > 10);
socket.write("bytes");
console.log(`${(await once(socket, "data"))[0]}`);
await once(socket, "close");

for (const options of [{}, { ca: cert, servername: "other.example" }, { ca: cert, checkServerIdentity: () => new Error("of my own") }]) {
  const refused = tls.connect({ ...to, ...options });
  const [error] = await once(refused, "error");
  console.log(error.code, error.message.split(":")[0], refused.authorized);
}
const careless = tls.connect({ ...to, rejectUnauthorized: false });
await once(careless, "secureConnect");
console.log(careless.authorized, careless.authorizationError?.code ?? careless.authorizationError);
careless.destroy();

const get = (options) => new Promise((resolve) => {
  https.get({ ...to, ...options }, async (response) => {
    const { encrypted } = response.socket;
    let text = "";
    for await (const part of response) text += part;
    resolve([response.statusCode, text, encrypted]);
  }).on("error", (error) => resolve([error.code]));
});
console.log(...(await get({ ca: cert })));
console.log(...(await get({})));
console.log(https.globalAgent.protocol, https.globalAgent.defaultPort, new https.Agent() instanceof https.Agent);
for (const wrong of [() => tls.createSecureContext({ minVersion: "TLSv9" }), () => tls.createSecureContext({ key: 1 })]) {
  try {
    wrong();
  } catch (error) {
    console.log(error.name, error.code);
  }
}
for (const [host, names] of [["a.example.com", "DNS:*.example.com"], ["a.b.example.com", "DNS:*.example.com"], ["example.com", "DNS:*.com"], ["1.2.3.4", "IP Address:1.2.3.4"]]) {
  console.log(host, names, tls.checkServerIdentity(host, { subject: {}, subjectaltname: names }) === undefined);
}
server.close(() => console.log("closed"));
