import { renderToReadableStream } from "react-dom/server";
import { App, lateList } from "./app.jsx";
import client from "./client.jsx?bundle";

async function page(request) {
  const body = await renderToReadableStream(<App LateList={lateList(2000)} />, {
    bootstrapModules: ["/client.js"],
    signal: request.signal,
    onError: (error) => console.error(error),
  });
  return new Response(body, { headers: { "content-type": "text/html; charset=utf-8" } });
}

function script() {
  return new Response(client, { headers: { "content-type": "text/javascript; charset=utf-8" } });
}

export default {
  fetch(request) {
    switch (new URL(request.url).pathname) {
      case "/":
        return page(request);
      case "/client.js":
        return script();
      default:
        return new Response("Not found\n", { status: 404 });
    }
  },
};
