import { createServer } from "node:http";

createServer((req, res) => {
  res.setHeader("x-split", "a\r\nset-cookie: b=c");
  res.end("never");
}).listen(8001);
