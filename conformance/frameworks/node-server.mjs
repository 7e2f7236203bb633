// Serves a worker on Node, with Node's own Request and Response, and prints its port.
// Usage: node node-server.mjs BUNDLE
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";

const { default: app } = await import(pathToFileURL(process.argv[2]));

const server = createServer(async (incoming, outgoing) => {
  const response = await app.fetch(requestOf(incoming));
  for (const [name, value] of response.headers) {
    outgoing.appendHeader(name, value);
  }
  outgoing.writeHead(response.status, response.statusText);
  await pipeline(response.body ? Readable.fromWeb(response.body) : Readable.from([]), outgoing);
});

function requestOf(incoming) {
  const { method, url, headers, rawHeaders } = incoming;
  const hasBody = method !== "GET" && method !== "HEAD";
  const fields = Array.from({ length: rawHeaders.length / 2 }, (_, i) => rawHeaders.slice(2 * i, 2 * i + 2));
  return new Request(`http://${headers.host}${url}`, {
    method,
    headers: fields,
    body: hasBody ? Readable.toWeb(incoming) : undefined,
    duplex: "half",
  });
}

server.listen(0, "127.0.0.1", () => console.log(server.address().port));
