// 10,000 bytes of ready text, as a fetch handler: Runnel, Bun and `deno serve` all take it.
const text = "Runnel answers with a line of text.\n".repeat(278).slice(0, 10_000);

export default {
  fetch: () => new Response(text, { headers: { "content-type": "text/plain; charset=utf-8" } }),
};
