// Packages of npm that are WebAssembly inside.
import { init, parse } from "es-module-lexer";
import xxhash from "xxhash-wasm";

await init;
const [imports, exports, facade] = parse(`import { a } from 'b'; export const c = import('d'), e = 1;\nexport * from "é/f";`);
for (const { n, s, e, d } of imports) console.log("import", n, s, e, d);
console.log("exports", exports.map(({ n }) => n), facade);
try {
  parse("import 'a' from {");
} catch (error) {
  console.log("parse error", error.message, error.idx);
}
const long = "export const x = 1;\n".repeat(20_000);
console.log("a long source", parse(long)[1].length);

const { h32, h64, h64Raw, create64 } = await xxhash();
console.log("xxh32", h32("Some text"), h32("Some text", 0xabcd));
console.log("xxh64", h64("Some text"), h64("Some text", 0xabcdn), h64Raw(new Uint8Array(100_000)));
const hasher = create64();
for (let i = 0; i < 1000; i++) hasher.update(`piece ${i}`);
console.log("streamed", hasher.digest());
