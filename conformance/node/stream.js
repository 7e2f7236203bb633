import stream, { Readable, Writable, Transform, PassThrough, Duplex, pipeline, finished } from "node:stream";
import { pipeline as pipelined } from "node:stream/promises";
import { text, json } from "node:stream/consumers";

const upper = new Transform({ transform(chunk, _, done) { done(null, chunk.toString().toUpperCase()); } });
const parts = [];
await pipelined(Readable.from(["a", "b", "c"]), upper, new Writable({ write(chunk, _, done) { parts.push(chunk.toString()); done(); } }));
console.log(parts);

const slow = new Writable({ highWaterMark: 3, write(chunk, _, done) { setTimeout(done, 1); } });
console.log(slow.write("ab"), slow.write("cd"), slow.writableNeedDrain);
await new Promise((resolve) => slow.once("drain", resolve));
console.log("drained");
slow.end();
await new Promise((resolve) => finished(slow, resolve));
console.log(slow.writableFinished, slow.destroyed);

slow.on("error", (error) => console.log(error.code));
slow.write("late");

const failing = new Readable({ read() { this.destroy(new Error("broken")); } });
pipeline(failing, new PassThrough(), (error) => console.log("pipeline", error.message));
await new Promise((resolve) => setTimeout(resolve, 5));

console.log(await text(Readable.from(["x", "y"])), await json(Readable.from(['{"a":', "1}"])));
for await (const chunk of Readable.from([1, 2, 3]).map((x) => x * 2).filter((x) => x > 2)) console.log(chunk);
console.log(await Readable.from([1, 2, 3]).reduce((a, b) => a + b, 0));

const web = new ReadableStream({ start(c) { c.enqueue(new TextEncoder().encode("from the web")); c.close(); } });
console.log(await text(Readable.fromWeb(web)));
const reader = Readable.toWeb(Readable.from([Buffer.from("to the web")])).getReader();
console.log(new TextDecoder().decode((await reader.read()).value));

const duplex = Duplex.from(async function* (source) { for await (const c of source) yield `[${c}]`; });
duplex.end("in");
console.log(await text(duplex));
console.log(typeof stream.Stream, stream.Readable === Readable, stream.prototype instanceof Object);

const paused = new Readable({ read() {} });
paused.push("one");
paused.push("two");
paused.push(null);
paused.setEncoding("utf8");
paused.on("readable", () => { let c; while ((c = paused.read()) !== null) console.log("read", c); });
await new Promise((resolve) => paused.on("end", resolve));
console.log("end");
