// CompressionStream and DecompressionStream: all formats, chunks that can be read at once, what is refused.
const FORMATS = ["gzip", "deflate", "deflate-raw", "brotli", "zstd"];
const text = "The quick brown fox jumps over the lazy dog. ".repeat(2000);
const bytesOf = (...streams) => new Response(new Blob(streams).stream()).bytes();
const through = async (bytes, transform) => new Response(new Blob([bytes]).stream().pipeThrough(transform)).bytes();
const show = async (name, attempt) => {
  try {
    console.log(name, await attempt());
  } catch (error) {
    console.log(name, error.constructor === TypeError, error.message);
  }
};

for (const format of FORMATS) {
  const small = await through(await bytesOf(text), new CompressionStream(format));
  const back = await through(small, new DecompressionStream(format));
  console.log(format, small.length < 2000, new TextDecoder().decode(back) === text);
}

// Flushed chunk by chunk: what was written is read before anything else is written or the stream ends.
for (const format of ["gzip", "brotli", "zstd"]) {
  const shell = new CompressionStream(format);
  const reading = shell.readable.pipeThrough(new DecompressionStream(format)).pipeThrough(new TextDecoderStream()).getReader();
  const writer = shell.writable.getWriter();
  writer.write(encode("<!doctype html>"));
  console.log((await reading.read()).value);
  writer.write(encode("<p>later</p>"));
  console.log((await reading.read()).value);
  writer.close();
  console.log((await reading.read()).done);
}

// A small chunk that becomes much is unpacked only as far as it is read.
const packed = await through(new Uint8Array(20_000_000), new CompressionStream("gzip"));
const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
let length = 0;
for (let i = 0; i < 10; i++) length += (await unpacked.read()).value.length;
console.log(packed.length < 100_000, length);
await unpacked.cancel();

const whole = await through(await bytesOf("hello"), new CompressionStream("gzip"));
const damaged = whole.slice();
damaged[damaged.length - 6] ^= 1;
const gunzip = () => new DecompressionStream("gzip");
await show("trailing", () => through(new Uint8Array([...whole, 1]), gunzip()));
await show("truncated", () => through(whole.subarray(0, -1), gunzip()));
await show("empty", () => through(new Uint8Array(), gunzip()));
await show("damaged", () => through(damaged, gunzip()));
await show("no gzip", () => through(encode("no gzip at all"), gunzip()));
await show("chunk", () => ReadableStream.from(["text"]).pipeThrough(gunzip()).getReader().read());
const packedByBrotli = await through(await bytesOf(text), new CompressionStream("brotli"));
const brotli = () => new DecompressionStream("brotli");
await show("brotli trailing", () => through(new Uint8Array([...packedByBrotli, 1]), brotli()));
await show("brotli truncated", () => through(packedByBrotli.subarray(0, -1), brotli()));
await show("no brotli", () => through(encode("no brotli at all"), brotli()));
await show("no zstd", () => through(encode("no zstd at all"), new DecompressionStream("zstd")));
await show("format", () => new CompressionStream("lzma"));
await show("missing", () => new DecompressionStream());
const ok = await through(new Uint8Array(), new CompressionStream("deflate"));
await show("nothing", async () => (await through(ok, new DecompressionStream("deflate"))).length);

function encode(string) {
  return new TextEncoder().encode(string);
}
