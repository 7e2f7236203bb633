import { Suspense, use } from "react";
import { renderToReadableStream } from "react-dom/server";

function Answer({ promise }) {
  return <strong id="answer">{use(promise)}</strong>;
}

const LOGO = "/logo.svg";
const CIRCLE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><circle cx="1" cy="1" r="1"/></svg>`;

function Page({ url, answer }) {
  return (
    <html lang="en">
      <head>
        <title>A worker</title>
      </head>
      <body>
        <img src={LOGO} alt="" width="32" fetchPriority="high" />
        <h1>{url.pathname}</h1>
        <Suspense fallback={<em id="thinking">thinking…</em>}>
          <Answer promise={answer} />
        </Suspense>
      </body>
    </html>
  );
}

function think(question) {
  return new Promise((done) => setTimeout(() => done(`${question.length} letters long`), 1000));
}

export default {
  async fetch(request, env, ctx) {
    const url = new URL(request.url);
    if (url.pathname === LOGO) {
      return new Response(CIRCLE, { headers: { "content-type": "image/svg+xml" } });
    }
    const answer = think(url.searchParams.get("question") ?? "");
    const body = await renderToReadableStream(<Page url={url} answer={answer} />, {
      signal: request.signal,
      onError: (error) => console.error(error),
      // The browser is told of the logo while the page is still being made.
      onHeaders: (headers) => ctx.writeEarlyHints(headers),
    });
    return new Response(body, { headers: { "content-type": "text/html; charset=utf-8" } });
  },
};
