import { brotliCompressSync } from "node:zlib";

const noise = crypto.getRandomValues(new Uint8Array(65_536));
const much = new Uint8Array(16_000_000);
for (let at = 0; at < much.length; at += noise.length) much.set(noise.subarray(0, much.length - at), at);

export default {
  fetch() {
    return new Response(brotliCompressSync(much));
  },
};
