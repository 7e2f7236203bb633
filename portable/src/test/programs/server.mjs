// Node's server: no port is opened, the request comes as CGI's or on standard input.
import { createServer } from "node:http";

createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    response.setHeader("content-type", "text/plain");
    response.write(`${request.method} ${request.url}\n`);
    setTimeout(() => response.end(`[${body}]\n`), 20);
  });
}).listen(8001, () => console.log("listening"));
