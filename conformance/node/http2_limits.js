// Clients of an HTTP/2 server that break the protocol, or make work for nothing, are sent away; other sessions go on.
import http2 from "node:http2";
import net from "node:net";
import { once } from "node:events";

const frame = (type, flags, stream, payload = Buffer.alloc(0)) => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
};
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const SETTINGS = frame(4, 0, 0);
/** GET http://a/ */
const GET = Buffer.from([0x82, 0x86, 0x84, 0x41, 1, 0x61]);
const number = (value) => Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
const NAMES = ["NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED",
  "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM"];

const server = http2.createServer({ settings: { maxConcurrentStreams: 3 } });
let open = 0;
server.on("stream", (stream) => {
  open++;
  stream.on("error", () => {});
  stream.on("close", () => open--);
});
server.on("sessionError", () => {});
await once(server.listen(0, "127.0.0.1"), "listening");
const { port } = server.address();

/** What a client that sends these frames is told: resets of streams, and why the connection ends. */
const told = (frames, until = () => false) => new Promise((resolve) => {
  const socket = net.connect(port, "127.0.0.1");
  const seen = [];
  let rest = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 9 && rest.length >= 9 + rest.readUIntBE(0, 3)) {
      const length = rest.readUIntBE(0, 3);
      const payload = rest.subarray(9, 9 + length);
      if (rest[3] === 3) seen.push(`reset ${NAMES[payload.readUInt32BE(0)]}`);
      if (rest[3] === 7) seen.push(`goaway ${NAMES[payload.readUInt32BE(4)]}`);
      rest = rest.subarray(9 + length);
      if (until(seen)) socket.destroy();
    }
  });
  socket.on("error", () => {});
  socket.on("close", () => resolve(seen));
  socket.write(Buffer.concat([PREFACE, SETTINGS, ...frames]));
});
const many = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const get = (stream, flags = 5) => frame(1, flags, stream, GET);
const show = async (name, ...rest) => console.log(name, ...new Set(await told(...rest)));

await show("settings flood", many(2000, () => SETTINGS));
await show("ping flood", many(2000, () => frame(6, 0, 0, Buffer.alloc(8))));
await show("priority flood", many(2000, () => frame(2, 0, 1, Buffer.alloc(5))));
await show("empty data flood", [get(1, 4), ...many(2000, () => frame(0, 0, 1))]);
await show("rapid reset", many(2000, (i) => Buffer.concat([get(2 * i + 1), frame(3, 0, 2 * i + 1, number(8))])));
await show("continuation flood", [frame(1, 1, 1, GET), ...many(50, () => frame(9, 0, 1))]);
await show("large continuations", [frame(1, 1, 1, GET), ...many(6, () => frame(9, 0, 1, Buffer.alloc(16384)))]);
// One field of 4,000 bytes, kept in the table, then named again and again.
const bomb = Buffer.concat([GET, Buffer.from([0x40, 1, 0x78, 0x7f, 0xa1, 0x1e]), Buffer.alloc(4000, 0x61), Buffer.alloc(10_000, 0xbe)]);
await show("header bomb", [frame(1, 5, 1, bomb)], (seen) => seen.length > 0);
await show("too many streams", many(5, (i) => get(2 * i + 1, 4)), (seen) => seen.length > 1);
await show("frame too long", [frame(0, 0, 1, Buffer.alloc(20_000))]);
await show("more than the window", [get(1, 4), ...many(5, () => frame(0, 0, 1, Buffer.alloc(16384)))], (seen) => seen.length > 0);
await show("data of no stream", [frame(0, 0, 1, Buffer.alloc(1))]);
await show("a stream of the server's", [get(2)]);
await show("window too large", [frame(8, 0, 0, number(0x7fffffff))]);
await show("no increment", [frame(8, 0, 0, number(0))]);
await show("wrong settings", [frame(4, 0, 0, Buffer.from([0, 5, 0, 0, 0, 1]))]);
await show("push", [frame(5, 4, 1, GET)]);
await show("bad compression", [frame(1, 5, 1, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))]);
await show("wrong padding", [frame(0, 8, 1, Buffer.from([9, 0]))]);
await show("upper-case field", [frame(1, 5, 1, Buffer.concat([GET, Buffer.from([0, 1, 0x58, 1, 0x61])]))], (seen) => seen.length > 0);
await show("a connection's field", [frame(1, 5, 1, Buffer.concat([GET, Buffer.from([0, 10]), Buffer.from("connection"), Buffer.from([1, 0x61])]))], (seen) => seen.length > 0);
await show("no path", [frame(1, 5, 1, Buffer.from([0x82, 0x86, 0x41, 1, 0x61]))], (seen) => seen.length > 0);
await show("longer than announced", [frame(1, 4, 1, Buffer.concat([GET, Buffer.from([0x0f, 0x0d, 1, 0x31])])), frame(0, 1, 1, Buffer.from("ab"))], (seen) => seen.length > 0);

const client = http2.connect(`http://127.0.0.1:${port}`);
await once(client, "remoteSettings");
console.log(client.remoteSettings.maxConcurrentStreams, open);
client.close();
server.close();
