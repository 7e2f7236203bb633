import { createServer } from "node:http";

const server = createServer((request, response) => {
  if (request.url !== "/") {
    response.writeHead(404).end("Not found\n");
    return;
  }
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.end("Hello from __NAME__!\n");
});

server.listen(8001, () => console.log(`Listening on port ${server.address().port}`));
