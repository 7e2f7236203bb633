// Counts what it holds and what it has written; one and the same isolate has one and the same name.
import process from "node:process";

const name = Math.random().toString(36);
const chunk = new Uint8Array(64 * 1024).fill(97);
let streaming = 0;
let written = 0;

function body(chunks) {
  streaming++;
  return new ReadableStream({
    pull(controller) {
      if (chunks-- > 0) {
        written += chunk.length;
        controller.enqueue(chunk);
      } else {
        streaming--;
        controller.close();
      }
    },
    cancel() {
      streaming--;
    },
  });
}

export default {
  async fetch(request) {
    const url = new URL(request.url);
    switch (url.pathname) {
      case "/state":
        return new Response([name, streaming, written, process.memoryUsage().heapUsed].join(" "));
      case "/stream":
        return new Response(body(Number(url.searchParams.get("chunks"))));
      default:
        await new Promise((next) => setImmediate(next));
        return new Response(`Hello, ${url.searchParams.get("name")}`);
    }
  },
};
