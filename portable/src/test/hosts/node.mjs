// Runs a WASI command on node:wasi: node.mjs FILE.wasm '{"args": [], "env": {}, "dirs": {}}'
import { readFileSync } from "node:fs";
import { WASI } from "node:wasi";

const [file, invocation] = process.argv.slice(2);
const { args, env, dirs } = JSON.parse(invocation);
const wasi = new WASI({ version: "preview1", args: [file, ...args], env, preopens: dirs, returnOnExit: true });
const module = await WebAssembly.compile(readFileSync(file));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
process.exitCode = wasi.start(instance);
