// A Workers handler: the request's body is read as it comes, the answer's first part leaves before the second is there.
export default {
  async fetch(request, env, context) {
    const url = new URL(request.url);
    if (url.pathname === "/throws") throw new Error("thrown on purpose");
    const body = await request.text();
    context.waitUntil(new Promise((resolve) => setTimeout(resolve, 20)).then(() => console.log("afterwards")));
    const parts = [`${request.method} ${request.url} ${env.GREETING}\n`, `[${body}]\n`];
    const encoder = new TextEncoder();
    const stream = new ReadableStream({
      async pull(controller) {
        const part = parts.shift();
        if (part === undefined) return controller.close();
        if (parts.length === 0) await new Promise((resolve) => setTimeout(resolve, 300));
        controller.enqueue(encoder.encode(part));
      },
    });
    return new Response(stream, { status: 201, headers: { "x-kind": request.headers.get("accept") ?? "none" } });
  },
};
