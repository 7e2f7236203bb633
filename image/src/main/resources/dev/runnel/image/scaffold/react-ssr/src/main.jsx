import { renderToReadableStream } from "react-dom/server";
import client from "runnel:client";
import { Page, lines } from "./page.jsx";

export default {
  async fetch(request) {
    const url = new URL(request.url);
    if (url.pathname !== "/") {
      return new Response("Not found\n", { status: 404 });
    }
    const body = await renderToReadableStream(<Page styles={client.styles} late={lines(1000)} />, {
      bootstrapModules: [client.script],
      bootstrapScriptContent: `globalThis.styles = ${JSON.stringify(client.styles)}`,
      signal: request.signal,
      onError: (error) => console.error(error),
    });
    return new Response(body, { headers: { "content-type": "text/html; charset=utf-8" } });
  },
};
