// /?chunks=N answers with N chunks of 64 bytes, one a second.
const encoder = new TextEncoder();

export default {
  fetch(request) {
    const chunks = Number(new URL(request.url).searchParams.get("chunks"));
    let sent = 0;
    let timer;
    const next = (controller) => {
      controller.enqueue(encoder.encode(`${sent++}`.padEnd(63) + "\n"));
      if (sent === chunks) {
        clearInterval(timer);
        controller.close();
      }
    };
    const body = new ReadableStream({
      start(controller) {
        timer = setInterval(next, 1000, controller);
        next(controller);
      },
      cancel() {
        clearInterval(timer);
      },
    });
    return new Response(body);
  },
};
