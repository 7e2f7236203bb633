// The same on node:http, with flushHeaders().
import { createServer } from "node:http";
import { gate } from "./gates.js";

createServer(async (req, res) => {
  const [, action, name] = req.url.split("/");
  if (action === "open") {
    gate(name).open();
    res.end("opened");
    return;
  }
  res.statusCode = 201;
  res.setHeader("x-early", "yes");
  res.flushHeaders();
  await gate(name).promise;
  res.end("late");
}).listen(8001);
