// Writes the wasm file that @hpcc-js/wasm-zstd carries inside of its JavaScript: node unpack-zstd.mjs OUTPUT.wasm
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Zstd } from "@hpcc-js/wasm-zstd";

const [output] = process.argv.slice(2);
const { instantiate } = WebAssembly;
WebAssembly.instantiate = (bytes, imports) => {
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, bytes);
  return instantiate(bytes, imports);
};
await Zstd.load();
