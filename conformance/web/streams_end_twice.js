// Streams that are errored, closed, cancelled or aborted when they are over already: the standard's error or nothing,
// and the first end stays.
const show = async (name, attempt) => {
  try {
    console.log(name, await attempt());
  } catch (error) {
    console.log(name, error instanceof TypeError ? "TypeError" : error.message);
  }
};
const first = new Error("first");
const second = new Error("second");

for (const type of [undefined, "bytes"]) {
  let controller;
  const stream = new ReadableStream({ type, start: (given) => void (controller = given) });
  const reader = stream.getReader();
  controller.error(first);
  await show("error twice", () => controller.error(second));
  await show("read", () => reader.read());
  await show("closed", () => reader.closed);
  await show("close", () => controller.close());
  await show("enqueue", () => controller.enqueue(new Uint8Array(1)));
  await show("cancel", () => reader.cancel(second));

  const ended = new ReadableStream({ type, start: (given) => void (controller = given) });
  controller.close();
  await show("close twice", () => controller.close());
  await show("error a closed one", () => controller.error(first));
  await show("read a closed one", async () => (await ended.getReader().read()).done);
}

{
  let controller;
  const stream = new WritableStream({ start: (given) => void (controller = given) });
  const writer = stream.getWriter();
  const ready = writer.ready.catch(() => {});
  controller.error(first);
  await show("error a writable twice", () => controller.error(second));
  await show("write", () => writer.write("x"));
  await show("closed", () => writer.closed);
  await show("close", () => writer.close());
  await show("abort", () => writer.abort(second));
  await ready;

  const ended = new WritableStream().getWriter();
  await ended.close();
  await show("close twice", () => ended.close());
  await show("abort a closed one", () => ended.abort(first));
}

{
  let controller;
  const transform = new TransformStream({ start: (given) => void (controller = given) });
  const reader = transform.readable.getReader();
  const writer = transform.writable.getWriter();
  writer.closed.catch(() => {});
  writer.ready.catch(() => {});
  controller.error(first);
  await show("error a transform twice", () => controller.error(second));
  await show("terminate", () => controller.terminate());
  await show("enqueue", () => controller.enqueue("x"));
  await show("read", () => reader.read());
  await show("write", () => writer.write("x"));
}

// Both ends of a pipe fail: what came first is told, on both sides.
{
  const source = new ReadableStream({ pull: (controller) => controller.error(first) });
  const target = new WritableStream({
    abort() {
      throw second;
    },
  });
  await show("pipe", () => source.pipeTo(target));
  await show("then", () => target.getWriter().closed);
}

// Cancelled and aborted twice: the source hears of it once.
{
  let times = 0;
  const stream = new ReadableStream({ cancel: () => void times++ });
  await stream.cancel(first);
  await show("cancel twice", () => stream.cancel(second));
  const [left, right] = new ReadableStream({ cancel: () => void times++ }).tee();
  await Promise.all([left.cancel(first), right.cancel(second), left.cancel(second)]);
  console.log(times);
}

// A compressed stream that is broken says so once, and goes on saying it.
{
  const unpacking = new DecompressionStream("gzip");
  const writer = unpacking.writable.getWriter();
  const reader = unpacking.readable.getReader();
  writer.ready.catch(() => {});
  writer.closed.catch(() => {});
  reader.closed.catch(() => {});
  const writing = writer.write(new Uint8Array(100).fill(7));
  await show("broken", () => reader.read());
  await show("and written to", () => writing);
  await show("and again", () => writer.write(new Uint8Array(100)));
  await show("and closed", () => writer.close());
}
