// Runs a WASI program on Node: node wasi.mjs PROGRAM SPECIFICATION, which is JSON as in wasi-testsuite.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { WASI } from "node:wasi";

const [program, specification] = process.argv.slice(2);
const { args = [], dirs = [], env = {} } = JSON.parse(specification);
const preopens = Object.fromEntries(dirs.map((name) => [name, join(dirname(program), name)]));
const wasi = new WASI({ version: "preview1", args: [program, ...args], env, preopens, returnOnExit: true });
const { instance } = await WebAssembly.instantiate(readFileSync(program), wasi.getImportObject());
process.exitCode = wasi.start(instance);
