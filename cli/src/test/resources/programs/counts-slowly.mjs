// Writes a line at a time, so that a signal comes in the middle of an answer.
export default {
  fetch() {
    let line = 0;
    const body = new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        controller.enqueue(new TextEncoder().encode(`${line++}\n`));
        if (line === 50) controller.close();
      },
    });
    return new Response(body);
  },
};
