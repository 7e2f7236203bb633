// /late/NAME answers with a body whose first byte waits for the gate NAME; /open/NAME opens it.
import { gate } from "./gates.js";

function lateBody(name) {
  return new ReadableStream({
    async start(controller) {
      await gate(name).promise;
      controller.enqueue(new TextEncoder().encode("late"));
      controller.close();
    },
  });
}

export default {
  fetch(request) {
    const [, action, name] = new URL(request.url).pathname.split("/");
    if (action === "open") {
      gate(name).open();
      return new Response("opened");
    }
    return new Response(lateBody(name), { status: 201, headers: { "x-early": "yes" } });
  },
};
