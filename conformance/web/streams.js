// Web Streams: pipes, tee, BYOB, async iteration, errors, back-pressure.
const log = (...values) => console.log(values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(" "));
const upper = () => new TransformStream({ transform: (chunk, controller) => controller.enqueue(chunk.toUpperCase()), flush: (controller) => controller.enqueue("END") });
const collected = [];
await ReadableStream.from(["a", "b"]).pipeThrough(upper()).pipeTo(new WritableStream({ write: (chunk) => void collected.push(chunk), close: () => void collected.push("closed") }));
log(collected);

const [left, right] = ReadableStream.from([1, 2]).tee();
const read = async (stream) => {
  const values = [];
  for await (const value of stream) values.push(value);
  return values;
};
log(await Promise.all([read(left), read(right)]));

const pulls = [];
const bytes = new ReadableStream({
  type: "bytes",
  autoAllocateChunkSize: 4,
  pull(controller) {
    const { view } = controller.byobRequest;
    pulls.push(view.byteLength);
    view[0] = pulls.length;
    if (pulls.length === 3) controller.close();
    controller.byobRequest.respond(pulls.length === 3 ? 0 : 1);
  },
});
const byob = bytes.getReader({ mode: "byob" });
log([...(await byob.read(new Uint8Array(2))).value], [...(await byob.read(new Uint8Array(8))).value], (await byob.read(new Uint8Array(1))).done, pulls);

const events = [];
const slow = new ReadableStream({ pull: (controller) => void (events.push("pull"), controller.enqueue(events.length)), cancel: (reason) => void events.push(`cancel ${reason}`) }, { highWaterMark: 2 });
const reader = slow.getReader();
await reader.read();
await reader.cancel("enough");
log(events, await reader.closed.then(() => "closed"));

const failing = new ReadableStream({ pull() { throw new Error("broken"); } });
await failing.getReader().read().catch((error) => log(error.message));
const writer = new WritableStream({ write() { return Promise.reject(new Error("full")); } }).getWriter();
await writer.write("x").catch((error) => log(error.message));
await writer.closed.catch((error) => log("closed:", error.message));

const controller = new AbortController();
const endless = new ReadableStream({ pull: (c) => c.enqueue("x"), cancel: (reason) => log("cancelled", reason) });
const piping = endless.pipeTo(new WritableStream({ write: () => controller.abort("stop"), abort: (reason) => log("aborted", reason) }), { signal: controller.signal });
await piping.catch((reason) => log("rejected", reason));
log(new CountQueuingStrategy({ highWaterMark: 3 }).size(), new ByteLengthQueuingStrategy({ highWaterMark: 3 }).size(new Uint8Array(7)));
