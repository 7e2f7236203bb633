// Answers that have begun and wait: /open begins one, /heap tells how many bytes the isolate's heap has in use.
const waiting = [];

export default {
  fetch(request) {
    if (request.url.endsWith("/heap")) return new Response(`${process.memoryUsage().heapUsed}`);
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("begun"));
        waiting.push(controller);
      },
    });
    return new Response(body);
  },
};
