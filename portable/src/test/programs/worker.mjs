// A Workers handler: the answer's first part leaves before the request's body is read, which is done as it comes.
export default {
  async fetch(request, env, context) {
    const url = new URL(request.url);
    if (url.pathname === "/throws") throw new Error("thrown on purpose");
    context.waitUntil(new Promise((resolve) => setTimeout(resolve, 20)).then(() => console.log("afterwards")));
    const encoder = new TextEncoder();
    const body = request.body?.pipeThrough(new TextDecoderStream()).getReader();
    let begun = false;
    const stream = new ReadableStream({
      async pull(controller) {
        if (!begun) {
          begun = true;
          return controller.enqueue(encoder.encode(`${request.method} ${request.url} ${env.GREETING}\n`));
        }
        const { done, value } = (await body?.read()) ?? { done: true };
        controller.enqueue(encoder.encode(done ? "\n" : `[${value}]`));
        if (done) controller.close();
      },
    });
    return new Response(stream, { status: 201, headers: { "x-kind": request.headers.get("accept") ?? "none" } });
  },
};
