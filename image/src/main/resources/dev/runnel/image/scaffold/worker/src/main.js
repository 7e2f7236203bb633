export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    switch (url.pathname) {
      case "/":
        return new Response(`Hello, ${env.NAME ?? "world"}!\n`);
      case "/count":
        return new Response(count(5), { headers: { "content-type": "text/plain" } });
      default:
        return new Response("Not found\n", { status: 404 });
    }
  },
};

/** Each number is sent when it is there. */
function count(last) {
  const text = new TextEncoder();
  let number = 0;
  return new ReadableStream({
    async pull(controller) {
      controller.enqueue(text.encode(`${++number}\n`));
      if (number === last) {
        controller.close();
      } else {
        await new Promise((done) => setTimeout(done, 200));
      }
    },
  });
}
