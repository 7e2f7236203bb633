// What node:stream sees of the Web's streams: finished, addAbortSignal, isReadable and their kin; codes of byte streams.
import { addAbortSignal, finished, isDisturbed, isErrored, isReadable, Readable } from "node:stream";
import { finished as whenFinished } from "node:stream/promises";

const told = (stream) => new Promise((resolve) => finished(stream, (error) => resolve(error?.name ?? error ?? "finished")));
const of = (...values) => ReadableStream.from(values);

const read = of("a");
console.log(isReadable(read), isDisturbed(read), isErrored(read));
const ended = told(read);
for await (const chunk of read) console.log(chunk);
console.log(await ended, isReadable(read), isDisturbed(read), await told(read));

const failing = new ReadableStream({ start: (controller) => controller.error(new RangeError("bad")) });
console.log(await told(failing), isErrored(failing), isReadable(failing));
console.log(await whenFinished(failing).catch((error) => error.message));

const written = new WritableStream();
console.log(isErrored(written));
const closed = told(written);
await written.close();
console.log(await closed);

const aborts = new AbortController();
const stopped = addAbortSignal(aborts.signal, new ReadableStream({ pull: (controller) => controller.enqueue("x") }));
const sink = addAbortSignal(aborts.signal, new WritableStream({ write: () => new Promise((resolve) => setTimeout(resolve)) }));
const writing = sink.getWriter().write("w").catch(({ name }) => name);
const ends = [told(stopped), told(sink)];
aborts.abort();
console.log(await Promise.all(ends), await writing);
console.log(await told(addAbortSignal(aborts.signal, of(1))));
try {
  addAbortSignal(aborts.signal, {});
} catch ({ code }) {
  console.log(code);
}

// Events that every stream has come first.
const emitter = new Readable();
for (const name of ["own", "readable", "data", "close", "error"]) emitter.on(name, () => {});
console.log(emitter.eventNames().join());

const codes = [];
const bytes = new ReadableStream({
  type: "bytes",
  pull(controller) {
    controller.close();
    try {
      controller.byobRequest.respondWithNewView(new Uint8Array(new ArrayBuffer(10), 0, 0));
    } catch ({ name, code }) {
      codes.push(name, code);
    }
    controller.byobRequest.respond(0);
  },
});
const reader = bytes.getReader({ mode: "byob" });
await reader.read(new Uint8Array(3));
await reader.read(new Uint8Array(0)).catch(({ name, code }) => codes.push(name, code));
console.log(...codes);
