// A worker that says one word at a time.
export default {
  fetch(request) {
    const name = new URL(request.url).searchParams.get("name");
    const words = [process.env.GREETING, name, "and goodbye."];
    const encoder = new TextEncoder();
    const body = new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        controller.enqueue(encoder.encode(words.shift()));
        if (words.length === 0) controller.close();
      },
    });
    return new Response(body);
  },
};
