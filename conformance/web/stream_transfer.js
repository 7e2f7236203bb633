// Streams that move to a new owner: structuredClone, MessagePort; back-pressure, ends and errors cross.
const read = async (stream) => {
  const values = [];
  for await (const value of stream) values.push(value);
  return values;
};
const nameOf = async (promise) => {
  try {
    return await promise;
  } catch (error) {
    return `${error?.name ?? typeof error}: ${error?.message ?? error}`;
  }
};

let pulls = 0;
const source = new ReadableStream({
  pull(controller) {
    controller.enqueue({ n: ++pulls, at: new Date(0) });
    if (pulls === 3) controller.close();
  },
}, { highWaterMark: 0 });
const moved = structuredClone({ inside: source }, { transfer: [source] }).inside;
console.log(moved instanceof ReadableStream, moved === source, source.locked, moved.locked);
console.log(JSON.stringify(await read(moved)), pulls);

const written = [];
const closed = Promise.withResolvers();
const sink = new WritableStream({ write: (chunk) => void written.push(chunk), close: closed.resolve });
const writer = structuredClone(sink, { transfer: [sink] }).getWriter();
await writer.write("a");
await writer.write(new Map([[1, 2]]));
await writer.close();
await closed.promise;
console.log(written);

const upper = new TransformStream({ transform: (chunk, controller) => controller.enqueue(chunk.toUpperCase()) });
const pair = structuredClone(upper, { transfer: [upper] });
console.log(pair instanceof TransformStream, await read(ReadableStream.from(["x", "y"]).pipeThrough(pair)));

// Through a port, twice.
const { port1, port2 } = new MessageChannel();
port2.onmessage = ({ data, ports }) => {
  port2.onmessage = null;
  port2.postMessage(data, [data]);
  console.log("ports", ports.length);
};
const back = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
const words = ReadableStream.from(["one", "two"]);
port1.postMessage(words, [words]);
console.log(await read(await back));
port1.close();

// Errors and cancels.
const fails = new ReadableStream({ pull: () => Promise.reject(new RangeError("no more")) });
console.log(await nameOf(read(structuredClone(fails, { transfer: [fails] }))));
const cancelled = Promise.withResolvers();
const endless = new ReadableStream({ pull: (controller) => controller.enqueue(1), cancel: cancelled.resolve });
await structuredClone(endless, { transfer: [endless] }).cancel("enough");
console.log(await cancelled.promise);
const aborted = Promise.withResolvers();
const target = new WritableStream({ abort: aborted.resolve });
await structuredClone(target, { transfer: [target] }).abort("stop");
console.log(await aborted.promise);
const uncloneable = new ReadableStream({ start: (controller) => controller.enqueue(() => {}) });
console.log((await nameOf(read(structuredClone(uncloneable, { transfer: [uncloneable] })))).split(":")[0]);

// What can't be moved.
const locked = new ReadableStream();
locked.getReader();
const halfLocked = new TransformStream();
halfLocked.writable.getWriter();
for (const [value, transfer] of [[locked, [locked]], [halfLocked, [halfLocked]], [new ReadableStream(), []], [source, [source, source]]]) {
  console.log(await nameOf(Promise.resolve().then(() => structuredClone(value, { transfer }))));
}
