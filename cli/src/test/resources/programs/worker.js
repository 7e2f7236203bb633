export default {
  async fetch(request) {
    const url = new URL(request.url);
    switch (url.pathname) {
      case "/throws":
        throw new Error("boom");
      case "/spins":
        for (;;);
      case "/grows":
        for (const kept = []; ; ) kept.push(new Array(10_000).fill(kept.length));
      case "/recurses":
        return recurse();
      case "/nothing":
        return undefined;
      case "/breaks-off":
        return new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode("part"));
            },
            pull() {
              throw new Error("the well is dry");
            },
          }),
        );
      case "/echo":
        return new Response(request.body, { headers: { "content-type": request.headers.get("content-type") } });
      default:
        return new Response("fine");
    }
  },
};

function recurse() {
  return recurse() + 1;
}
