export default {
  fetch() {
    return new Response(
      new ReadableStream({
        pull(controller) {
          controller.enqueue(new TextEncoder().encode("the first half"));
          controller.error(new Error("half is enough"));
        },
      }),
    );
  },
};
