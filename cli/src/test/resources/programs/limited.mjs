// Crosses limits that the test has set low, and tells what it gets.
import { brotliCompressSync, gunzipSync, gzipSync } from "node:zlib";

async function tell(what, run) {
  try {
    await run();
    console.log(`${what}: nothing`);
  } catch (e) {
    console.log(`${what}: ${e.name}: ${e.message}`);
  }
}

await tell("sockets", () => {
  const first = new WebSocket("ws://127.0.0.1:1/");
  try {
    new WebSocket("ws://127.0.0.1:1/");
  } finally {
    first.close();
  }
});
await tell("unpacked", () => gunzipSync(gzipSync(new Uint8Array(2_000))));
await tell("codec-memory", () => brotliCompressSync("a"));
await tell("rewriter-token", () =>
  new HTMLRewriter()
    .on("a", { element() {} })
    .transform(new Response(ReadableStream.from(['<a href="longer than ', 'ten bytes">'].map((part) => new TextEncoder().encode(part)))))
    .text(),
);
// Two functions of no arguments and no result.
const twoFunctions = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 4, 1, 0x60, 0, 0],
  ...[3, 3, 2, 0, 0],
  ...[10, 7, 2, 2, 0, 0x0b, 2, 0, 0x0b],
);
await tell("wasm-functions", () => new WebAssembly.Module(twoFunctions));
