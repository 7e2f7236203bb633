// abandoned-page-node.mjs as a fetch handler that passes its request's signal on.
import { renderToReadableStream } from "react-dom/server.edge";
import { page, tell, told } from "./abandoned-page.js";

export default {
  async fetch(request) {
    const [, action, name] = new URL(request.url).pathname.split("/");
    if (action === "told") return new Response(await told(name));
    const { signal } = request;
    return new Response(await renderToReadableStream(page(), { signal, onError: (error) => tell(name, error) }));
  },
};
