// A koa app: middleware around middleware, bodies, streams, errors.
import Koa from "koa";
import { Readable } from "node:stream";
import { listening, show } from "./fixtures/ask.js";

const app = new Koa();
app.silent = true;
app.use(async (context, next) => {
  const before = context.path;
  await next();
  context.set("X-Passed", `${before} ${context.status}`);
});
app.use(async (context) => {
  switch (context.path) {
    case "/":
      context.body = "Hello.";
      break;
    case "/json":
      context.body = { method: context.method, query: { ...context.query }, accepts: context.accepts("json", "html") };
      break;
    case "/stream":
      context.type = "text/plain";
      context.body = Readable.from(["one ", "two ", "three"]);
      break;
    case "/echo":
      context.body = context.req;
      break;
    case "/throws":
      context.throw(418, "a teapot");
      break;
    case "/fails":
      throw new Error("inside");
    case "/cookie":
      context.cookies.set("a", "1");
      context.body = context.cookies.get("b") ?? "none";
      break;
  }
});
const server = app.listen(0, "127.0.0.1");
const port = await listening(server);
await show(port, "/", { shown: ["content-type", "x-passed"] });
await show(port, "/json?a=1&a=2", { headers: { Accept: "text/html" }, shown: ["content-type"] });
await show(port, "/stream");
await show(port, "/echo", { method: "POST", body: "back again", headers: { "Content-Type": "text/plain" } });
await show(port, "/throws");
await show(port, "/fails");
await show(port, "/cookie", { headers: { Cookie: "b=2" }, shown: ["set-cookie"] });
await show(port, "/nowhere", { shown: ["x-passed"] });
server.close(() => console.log("closed"));
