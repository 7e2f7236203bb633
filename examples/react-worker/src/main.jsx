import { Suspense, use } from "react";
import { renderToReadableStream } from "react-dom/server";

function Answer({ promise }) {
  return <strong id="answer">{use(promise)}</strong>;
}

function Page({ url, answer }) {
  return (
    <html lang="en">
      <head>
        <title>A worker</title>
      </head>
      <body>
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
  async fetch(request) {
    const url = new URL(request.url);
    const answer = think(url.searchParams.get("question") ?? "");
    const body = await renderToReadableStream(<Page url={url} answer={answer} />, {
      signal: request.signal,
      onError: (error) => console.error(error),
    });
    return new Response(body, { headers: { "content-type": "text/html; charset=utf-8" } });
  },
};
