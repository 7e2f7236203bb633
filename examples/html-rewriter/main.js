// A page that comes slowly is rewritten as it comes: links to other hosts, headings that can be linked to, a footer.
const OWN_HOST = "https://example.org/";

const PARTS = [
  '<!doctype html><title>News</title><main><h2>First of all</h2><p>See <a href="https://elsewhere.net/">elsewhere</a>.</p>',
  '<h2>Then</h2><p>Or <a href="https://example.org/here">here</a>.</p><!-- a draft -->',
  "<h2>At last</h2></main>",
];

function origin() {
  const encoder = new TextEncoder();
  const parts = PARTS.values();
  const body = new ReadableStream({
    async pull(controller) {
      const { value, done } = parts.next();
      if (done) {
        controller.close();
        return;
      }
      controller.enqueue(encoder.encode(value));
      await scheduler.wait(500);
    },
  });
  return new Response(body, { headers: { "content-type": "text/html; charset=utf-8" } });
}

function rewriter() {
  let headings = 0;
  return new HTMLRewriter()
    .on("a[href^=http]", {
      element(link) {
        if (!link.getAttribute("href").startsWith(OWN_HOST)) link.setAttribute("rel", "noopener").append(" ↗");
      },
    })
    .on("main > h2", {
      element(heading) {
        heading.setAttribute("id", `part-${++headings}`);
      },
    })
    .onDocument({
      comments: (comment) => void comment.remove(),
      async end(end) {
        end.append(await footer(headings), { html: true });
      },
    });
}

/** Handlers may wait for something. */
async function footer(headings) {
  await scheduler.wait(1);
  return `<footer>${headings} parts</footer>`;
}

export default {
  fetch: () => rewriter().transform(origin()),
};
