export default {
  fetch() {
    let pulls = 0;
    return new Response(
      new ReadableStream({
        async pull(controller) {
          if (pulls++ === 0) {
            controller.enqueue(new TextEncoder().encode("the first half"));
          } else {
            await new Promise((next) => setTimeout(next));
            controller.error(new Error("half is enough"));
          }
        },
      }),
    );
  },
};
