import { createServer } from "node:http";

createServer((req, res) => {
  res.writeHead(200, { "content-length": "1000" });
  res.write("the first half");
  setImmediate(() => res.destroy(new Error("half is enough")));
}).listen(8001);
