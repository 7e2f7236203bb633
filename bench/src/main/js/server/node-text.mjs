// The same text from node:http. PORT names the port.
import { createServer } from "node:http";

const text = "Runnel answers with a line of text.\n".repeat(278).slice(0, 10_000);
const head = { "content-type": "text/plain; charset=utf-8", "content-length": text.length };

createServer((request, response) => {
  response.writeHead(200, head);
  response.end(text);
}).listen(Number(process.env.PORT), "127.0.0.1");
