// What a server is asked for hours: text at once, text in five chunks, and handlers that fail.
const text = "Runnel answers with a line of text.\n".repeat(278).slice(0, 10_000);
const encoder = new TextEncoder();
const part = encoder.encode(text.slice(0, 2_000));

export default {
  fetch(request) {
    switch (new URL(request.url).pathname) {
      case "/text":
        return new Response(text);
      case "/stream":
        return new Response(parts(5));
      case "/throw":
        throw new Error("This request was asked to fail.");
      case "/break":
        return new Response(parts(2, new Error("This answer was asked to break off.")));
      case "/end":
        // Over its memory limit, the isolate ends.
        for (const held = []; ; ) held.push(new Uint8Array(8 << 20).fill(1));
      default:
        return new Response(null, { status: 404 });
    }
  },
};

/** So many parts, 5 ms apart; after them the end, or the error. */
function parts(left, error) {
  return new ReadableStream({
    async pull(controller) {
      await new Promise((done) => setTimeout(done, 5));
      if (left-- > 0) controller.enqueue(part.slice());
      else if (error) controller.error(error);
      else controller.close();
    },
  });
}
