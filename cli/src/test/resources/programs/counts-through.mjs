// Passes on what the origin of its first argument sends, every chunk through JavaScript.
import process from "node:process";

const [origin] = process.argv.slice(2);

export default {
  async fetch() {
    const answer = await fetch(origin);
    let bytes = 0;
    const counting = new TransformStream({
      transform(chunk, controller) {
        bytes += chunk.length;
        controller.enqueue(chunk);
      },
      flush() {
        console.log(`passed ${bytes} bytes`);
      },
    });
    return new Response(answer.body.pipeThrough(counting));
  },
};
