// IdentityTransformStream and FixedLengthStream: bytes in, the same bytes out, and not one more or less than promised.
const log = (...values) => console.log(values.join(" "));
const name = (error) => error.name;
const bytes = (...values) => new Uint8Array(values);

const identity = new IdentityTransformStream();
log(identity instanceof TransformStream, Object.prototype.toString.call(identity), IdentityTransformStream.length);
const writer = identity.writable.getWriter();
const written = bytes(1, 2, 3, 4, 5);
let isRead = false;
const write = writer.write(written).then(() => log("a write ends when it is read", isRead));
const reader = identity.readable.getReader({ mode: "byob" });
await new Promise((resolve) => setTimeout(resolve, 1));
isRead = true;
const first = await reader.read(new Uint8Array(2));
log(first.value, first.done, "the writer keeps its array", written.length);
await write;
log((await reader.read(new Uint8Array(10))).value);
const closing = writer.close();
const last = await reader.read(new Uint8Array(4));
log(last.value.length, last.done, await closing);

const refused = new IdentityTransformStream();
const refusedRead = refused.readable.getReader().read().catch(name);
log(await refused.writable.getWriter().write("text").catch(name), await refusedRead);

const aborted = new IdentityTransformStream();
const abortedWriter = aborted.writable.getWriter();
const stuck = abortedWriter.write(bytes(1)).catch(String);
await abortedWriter.abort("no more").catch(() => {});
log(await stuck, await aborted.readable.getReader().read().catch(String));

const cancelled = new IdentityTransformStream();
const waiting = cancelled.writable.getWriter().write(bytes(1)).catch(String);
await cancelled.readable.cancel("not wanted");
log(await waiting);

async function through(length, ...chunks) {
  const { readable, writable } = new FixedLengthStream(length);
  const target = writable.getWriter();
  const writing = Promise.all([...chunks.map((chunk) => target.write(chunk)), target.close()]).catch((error) => error.message);
  const got = await new Response(readable).bytes().then((all) => `${all}`, name);
  log(got, await writing);
}
await through(3, bytes(1, 2), bytes(3));
await through(3n, bytes(1, 2), bytes(3, 4));
await through(3, bytes(1, 2));
await through(0);
for (const length of [undefined, -1, 1.5, "x", 2 ** 60]) {
  try {
    new FixedLengthStream(length);
    log(length, "ok");
  } catch (error) {
    log(length, error.name);
  }
}

// readAtLeast
const source = (...chunks) =>
  new ReadableStream({
    type: "bytes",
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk === undefined) {
        controller.close();
        controller.byobRequest?.respond(0);
      } else {
        controller.enqueue(chunk);
      }
    },
  });
const atLeast = source(bytes(1), bytes(2), bytes(3, 4, 5), bytes(6)).getReader({ mode: "byob" });
for (const [min, size] of [[2, 4], [3, 8], [4, 4], [1, 4]]) {
  const { value, done } = await atLeast.readAtLeast(min, new Uint8Array(size));
  log(`at least ${min} of ${size}:`, value, done);
}
const words = await source(bytes(1, 0), bytes(2, 0, 3, 0)).getReader({ mode: "byob" }).readAtLeast(2, new Uint16Array(3));
log(words.value instanceof Uint16Array, words.value);
for (const [min, view] of [[0, bytes(1)], [2, bytes(1)], [1, "x"]]) {
  log(await source().getReader({ mode: "byob" }).readAtLeast(min, view).catch(name));
}
