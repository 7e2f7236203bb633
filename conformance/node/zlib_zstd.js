// node:zlib's Zstandard: whole, by callback and as streams; flush, parameters, errors.
import zlib, { constants, createZstdCompress, createZstdDecompress, zstdCompressSync, zstdDecompressSync } from "node:zlib";
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
const { ZSTD_c_checksumFlag, ZSTD_c_compressionLevel, ZSTD_c_strategy, ZSTD_c_windowLog, ZSTD_d_windowLogMax } = constants;

const packed = zstdCompressSync(text);
console.log(packed.length < 200, Buffer.isBuffer(packed), zstdDecompressSync(packed).toString() === text);
const later = await promisify(zlib.zstdCompress)(text, { params: { [ZSTD_c_compressionLevel]: 9 } });
console.log(later.length < 400, (await promisify(zlib.zstdDecompress)(later)).toString() === text);
for (const level of [-5, 1, 3, 9, 19]) {
  const params = { [ZSTD_c_compressionLevel]: level, [ZSTD_c_windowLog]: 16, [ZSTD_c_checksumFlag]: true, [ZSTD_c_strategy]: 2 };
  console.log(level, zstdDecompressSync(zstdCompressSync(text, { params })).toString() === text);
}
console.log(zstdDecompressSync(zstdCompressSync("")).length, zstdDecompressSync(zstdCompressSync(new Uint16Array([1, 2]))).toString("hex"));

// What the zstd command wrote.
const foreign = "KLUv/QRYdQEAVAJac3RhbmRhcmQsIGFzIGl0cyBjb21tYW5kIHdyaXRlcyBpdC4gAQAFDf3qCb7cssc=";
show("foreign", () => zstdDecompressSync(Buffer.from(foreign, "base64")).toString().slice(0, 54));

let written = 0;
const packing = createZstdCompress({ chunkSize: 64, params: { [ZSTD_c_compressionLevel]: 1 } });
await pipeline(Readable.from([text, "end"]), packing, createZstdDecompress(), new Writable({ write(chunk, _, done) { written += chunk.length; done(); } }));
console.log("pipeline", written, packing.bytesWritten, packing instanceof zlib.ZstdCompress);

const flushed = createZstdCompress();
const unpacked = createZstdDecompress();
flushed.pipe(unpacked);
flushed.write("shell");
await new Promise((resolve) => flushed.flush(resolve));
console.log("flushed", (await new Promise((resolve) => unpacked.once("data", resolve))).toString());
flushed.end("rest");
console.log("rest", (await new Promise((resolve) => unpacked.once("data", resolve))).toString());

// What a small chunk becomes waits for its reader.
const slow = createZstdDecompress();
slow.write(zstdCompressSync(Buffer.alloc(30_000_000), { params: { [ZSTD_c_compressionLevel]: 1 } }));
await new Promise((resolve) => slow.once("readable", resolve));
console.log("waits", slow.readableLength < 1_000_000);
slow.destroy();

show("no zstd", () => zstdDecompressSync(Buffer.from("nonsense")));
show("truncated", () => zstdDecompressSync(packed.subarray(0, -2)));
show("empty", () => zstdDecompressSync("").length);
show("garbage", () => zstdDecompressSync(Buffer.concat([packed, Buffer.from("zz")])).length);
show("window", () => zstdDecompressSync(zstdCompressSync(text), { params: { [ZSTD_d_windowLogMax]: 10 } }).length);
show("pledged", () => zstdDecompressSync(zstdCompressSync("abc", { pledgedSrcSize: 3 })).toString());
show("type", () => zstdCompressSync(5));
show("parameter", () => createZstdCompress({ params: { 999: 1 } }));
show("value", () => createZstdCompress({ params: { 100: "a" } }));
show("bounds", () => createZstdCompress({ params: { [ZSTD_c_windowLog]: 60 } }));
show("level", () => zstdDecompressSync(zstdCompressSync("clamped", { params: { [ZSTD_c_compressionLevel]: 12 } })).toString());
show("flush", () => createZstdCompress({ flush: 9 }));
show("chunkSize", () => createZstdCompress({ chunkSize: 1 }));
show("too large", () => zstdDecompressSync(packed, { maxOutputLength: 10 }));
zlib.zstdDecompress("nonsense", (error, result) => console.log("later", error.message, error.code, error.errno, Object.keys(error), result));
const failing = createZstdDecompress();
failing.on("error", (error) => console.log("stream", error.code));
failing.end(Buffer.from("nonsense"));
await new Promise((resolve) => failing.on("close", resolve));

show("info", () => Object.keys(zstdCompressSync("abc", { info: true })).join());
console.log(Object.getPrototypeOf(zlib.ZstdCompress).name, typeof zlib.ZstdDecompress.prototype.flush, zlib.zstdCompress.length);
for (const name of Object.keys(constants).filter((name) => /zstd/i.test(name)).sort()) console.log(name, constants[name]);
