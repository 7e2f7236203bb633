import { Console } from "node:console";
import { Writable } from "node:stream";

const lines = [];
const sink = new Writable({ write(chunk, _, done) { lines.push(chunk.toString()); done(); } });
const own = new Console({ stdout: sink, stderr: sink });
own.log("a %d", 1, { x: 1 });
own.group("G");
own.warn("inside\nlines");
own.groupEnd();
own.table([{ a: 1 }, { b: 2 }]);
own.count();
own.count("x");
own.assert(false, "no");
own.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
const { log } = own;
log("detached");
console.log(lines.join(""));
