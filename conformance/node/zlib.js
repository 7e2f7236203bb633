// node:zlib: all formats whole, by callback and as streams; flush, options, errors, what surrounds a stream.
import zlib, { constants, createGunzip, createGzip, crc32 } from "node:zlib";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";

const text = "It was the best of times, it was the worst of times. ".repeat(1000);
const show = (label, fn) => {
  try {
    console.log(label, fn());
  } catch (error) {
    console.log(label, error.name, error.code, error.errno, error.message);
  }
};

const pairs = [["deflate", "inflate"], ["gzip", "gunzip"], ["deflateRaw", "inflateRaw"], ["gzip", "unzip"], ["deflate", "unzip"]];
for (const [there, back] of pairs) {
  const packed = zlib[`${there}Sync`](text);
  const later = await promisify(zlib[there])(text, { level: 9 });
  console.log(there, back, packed.length < 2000, Buffer.isBuffer(packed), zlib[`${back}Sync`](packed).toString() === text,
    (await promisify(zlib[back])(later)).toString() === text);
}
console.log(zlib.gzipSync("").subarray(0, 4).toString("hex"), zlib.deflateSync("x")[0].toString(16), zlib.inflateSync(zlib.deflateSync("")).length);
for (const input of [new Uint16Array([1, 2]), new DataView(new ArrayBuffer(3)), new ArrayBuffer(5)]) {
  console.log(zlib.inflateSync(zlib.deflateSync(input)).toString("hex"));
}
for (const level of [0, 1, 6, 9]) console.log(level, zlib.gunzipSync(zlib.gzipSync(text, { level })).toString() === text);
for (const strategy of [0, 1, 2, 3, 4]) console.log(strategy, zlib.inflateSync(zlib.deflateSync(text, { strategy })).toString() === text);

// Streams.
let written = 0;
const packing = createGzip({ chunkSize: 64 });
await pipeline(Readable.from([text, "end"]), packing, createGunzip(), new Writable({ write(chunk, _, done) { written += chunk.length; done(); } }));
console.log("pipeline", written, packing.bytesWritten, packing instanceof zlib.Gzip, zlib.Gzip().constructor === zlib.Gzip);

const flushed = createGzip();
const unpacked = createGunzip();
flushed.pipe(unpacked);
flushed.write("shell");
await new Promise((resolve) => flushed.flush(constants.Z_SYNC_FLUSH, resolve));
const shell = await new Promise((resolve) => unpacked.once("data", resolve));
console.log("flushed", shell.toString());
flushed.params(0, constants.Z_DEFAULT_STRATEGY, () => flushed.end("rest"));
console.log("rest", (await new Promise((resolve) => unpacked.once("data", resolve))).toString());

// What a small chunk becomes waits for its reader.
const zeros = zlib.gzipSync(Buffer.alloc(30_000_000));
const slow = createGunzip();
slow.write(zeros);
await new Promise((resolve) => slow.once("readable", resolve));
console.log("waits", slow.readableLength < 1_000_000);
slow.destroy();

// Errors.
const gz = zlib.gzipSync("abc");
show("no gzip", () => zlib.gunzipSync("abc"));
show("truncated", () => zlib.gunzipSync(gz.subarray(0, -2)));
show("partial", () => zlib.inflateSync(zlib.deflateSync(text).subarray(0, -6), { finishFlush: constants.Z_SYNC_FLUSH }).length > 0);
show("empty", () => zlib.inflateSync(""));
show("type", () => zlib.gzipSync(5));
show("callback", () => zlib.gzip("x"));
show("level", () => createGzip({ level: 10 }));
show("level type", () => createGzip({ level: "1" }));
show("chunkSize", () => createGzip({ chunkSize: 1 }));
show("flush", () => createGzip({ flush: 9 }));
show("windowBits", () => createGzip({ windowBits: 7 }));
show("memLevel", () => zlib.createDeflate({ memLevel: 0 }));
show("dictionary", () => zlib.createInflate({ dictionary: "x" }));
show("params", () => createGzip().params(10, 0));
show("too large", () => zlib.gzipSync(text, { maxOutputLength: 10 }));
zlib.gunzip(zeros, { maxOutputLength: 100 }, (error) => console.log("too large later", error.code));
zlib.gunzip("nonsense", (error, result) => console.log("later", error.message, error.code, error.errno, Object.keys(error), result));
const failing = createGunzip();
failing.on("error", (error) => console.log("stream", error.code));
failing.on("close", () => console.log("closed", failing.destroyed));
failing.end("nonsense");
await new Promise((resolve) => failing.on("close", resolve));

// Dictionaries, several members, what follows.
const dictionary = Buffer.from("times worst best");
const withDictionary = zlib.deflateSync(text, { dictionary });
show("known", () => zlib.inflateSync(withDictionary, { dictionary }).toString() === text);
show("missing", () => zlib.inflateSync(withDictionary));
show("bad", () => zlib.inflateSync(withDictionary, { dictionary: Buffer.from("other") }));
show("members", () => zlib.gunzipSync(Buffer.concat([gz, gz, Buffer.alloc(3)])).toString());
show("garbage", () => zlib.gunzipSync(Buffer.concat([gz, Buffer.from("zz")])).toString());
show("raw rest", () => zlib.inflateRawSync(Buffer.concat([zlib.deflateRawSync("abc"), Buffer.from("zz")])).toString());
show("info", () => Object.keys(zlib.gzipSync("abc", { info: true })).join());

console.log(crc32("hello"), crc32(Buffer.from("lo"), crc32("hel")), crc32(""));
show("crc32", () => crc32(5));
console.log(Object.keys(constants).length, zlib.codes.Z_DATA_ERROR, zlib.codes[-3]);
console.log(zlib.gzip.length, zlib.gzipSync.length, zlib.createGzip.length, zlib.Gzip.length);
