// Assembles the files in this folder: node assemble.mjs OUT
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import wabtModule from "wabt";

const wabt = await wabtModule();
const folder = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
for (const name of readdirSync(folder).filter((each) => each.endsWith(".wat"))) {
  const module = wabt.parseWat(name, readFileSync(join(folder, name), "utf8"), { multi_value: true, simd: true });
  module.validate();
  writeFileSync(join(process.argv[2], name.replace(".wat", ".wasm")), module.toBinary({}).buffer);
  module.destroy();
}
