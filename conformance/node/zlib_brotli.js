// node:zlib's Brotli: whole, by callback and as streams; flush, parameters, errors.
import zlib, { brotliCompressSync, brotliDecompressSync, constants, createBrotliCompress, createBrotliDecompress } from "node:zlib";
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
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_MODE, BROTLI_PARAM_SIZE_HINT } = constants;

const packed = brotliCompressSync(text);
console.log(packed.length < 200, Buffer.isBuffer(packed), brotliDecompressSync(packed).toString() === text);
const later = await promisify(zlib.brotliCompress)(text, { params: { [BROTLI_PARAM_QUALITY]: 4 } });
console.log(later.length < 400, (await promisify(zlib.brotliDecompress)(later)).toString() === text);
for (const quality of [0, 1, 5, 9, 11]) {
  const params = { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_LGWIN]: 16, [BROTLI_PARAM_MODE]: 1, [BROTLI_PARAM_SIZE_HINT]: 9 };
  console.log(quality, brotliDecompressSync(brotliCompressSync(text, { params })).toString() === text);
}
console.log(brotliDecompressSync(brotliCompressSync("")).length, brotliDecompressSync(brotliCompressSync(new Uint16Array([1, 2]))).toString("hex"));

// What Node's own encoder wrote.
const foreign = "GzcE+B2nxxrLW66EwtIp7Q50Y6mOLtbkgyAI+ugwVMh1t54OPrbE19aTEw==";
show("foreign", () => brotliDecompressSync(Buffer.from(foreign, "base64")).toString().slice(0, 54));

let written = 0;
const packing = createBrotliCompress({ chunkSize: 64, params: { [BROTLI_PARAM_QUALITY]: 3 } });
await pipeline(Readable.from([text, "end"]), packing, createBrotliDecompress(), new Writable({ write(chunk, _, done) { written += chunk.length; done(); } }));
console.log("pipeline", written, packing.bytesWritten, packing instanceof zlib.BrotliCompress, zlib.BrotliCompress().constructor === zlib.BrotliCompress);

const flushed = createBrotliCompress();
const unpacked = createBrotliDecompress();
flushed.pipe(unpacked);
flushed.write("shell");
await new Promise((resolve) => flushed.flush(resolve));
console.log("flushed", (await new Promise((resolve) => unpacked.once("data", resolve))).toString());
flushed.end("rest");
console.log("rest", (await new Promise((resolve) => unpacked.once("data", resolve))).toString());

// What a small chunk becomes waits for its reader.
const slow = createBrotliDecompress();
slow.write(brotliCompressSync(Buffer.alloc(30_000_000), { params: { [BROTLI_PARAM_QUALITY]: 1 } }));
await new Promise((resolve) => slow.once("readable", resolve));
console.log("waits", slow.readableLength < 1_000_000);
slow.destroy();

show("no brotli", () => brotliDecompressSync(Buffer.from("nonsense")));
show("truncated", () => brotliDecompressSync(packed.subarray(0, -2)));
show("empty", () => brotliDecompressSync(""));
show("partial", () => brotliDecompressSync(packed.subarray(0, -2), { finishFlush: constants.BROTLI_OPERATION_FLUSH }).length >= 0);
show("garbage", () => brotliDecompressSync(Buffer.concat([packed, Buffer.from("zz")])).length);
show("large window", () => brotliDecompressSync(Buffer.from("EVx9Ggb+CYB4LBCQ5RcA", "base64")).length);
show("large window", () => brotliDecompressSync(Buffer.from("EVx9Ggb+CYB4LBCQ5RcA", "base64"), { params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: true } }).length);
show("type", () => brotliCompressSync(5));
show("parameter", () => createBrotliCompress({ params: { 99: 1 } }));
show("value", () => createBrotliCompress({ params: { 1: "a" } }));
show("quality", () => brotliDecompressSync(brotliCompressSync("clamped", { params: { [BROTLI_PARAM_QUALITY]: 12 } })).toString());
show("flush", () => createBrotliCompress({ flush: 9 }));
show("chunkSize", () => createBrotliCompress({ chunkSize: 1 }));
show("too large", () => brotliDecompressSync(packed, { maxOutputLength: 10 }));
zlib.brotliDecompress("nonsense", (error, result) => console.log("later", error.message, error.code, error.errno, Object.keys(error), result));
const failing = createBrotliDecompress();
failing.on("error", (error) => console.log("stream", error.code));
failing.end(Buffer.from("nonsense"));
await new Promise((resolve) => failing.on("close", resolve));

const again = createBrotliDecompress();
again.reset();
show("info", () => Object.keys(brotliCompressSync("abc", { info: true })).join());
console.log(Object.getPrototypeOf(zlib.BrotliCompress).name, typeof zlib.BrotliDecompress.prototype.flush, zlib.brotliCompress.length, createBrotliCompress.length);
