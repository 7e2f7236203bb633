// Answers at once, and goes on writing after the handler has returned: nobody awaits the pipe.
export default {
  fetch() {
    const { readable, writable } = new TransformStream({
      transform(line, controller) {
        controller.enqueue(new TextEncoder().encode(`${line.toUpperCase()}\n`));
      },
    });
    ReadableStream.from(lines()).pipeTo(writable);
    return new Response(readable, { headers: { "content-type": "text/plain" } });
  },
};

async function* lines() {
  for (const line of ["one", "two", "three"]) {
    yield line;
    await scheduler.wait(300);
  }
}
