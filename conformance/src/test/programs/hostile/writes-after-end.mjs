import { createServer } from "node:http";

createServer((req, res) => {
  res.on("error", (error) => console.error(error.code));
  res.end("whole");
  res.write("too late");
}).listen(8001);
