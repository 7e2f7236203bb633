// A fastify app: schemas, hooks, plugins, errors, injected and real requests.
import Fastify from "fastify";
import { show } from "./fixtures/ask.js";

const app = Fastify();
app.addHook("onRequest", async (request, reply) => {
  reply.header("X-Hook", request.method);
});
app.get("/", async () => ({ hello: "world" }));
app.get("/users/:id", { schema: { params: { type: "object", properties: { id: { type: "integer" } } } } }, async (request) => ({ id: request.params.id }));
app.post("/sum", {
  schema: {
    body: { type: "object", required: ["a", "b"], properties: { a: { type: "number" }, b: { type: "number" } } },
    response: { 200: { type: "object", properties: { sum: { type: "number" } } } },
  },
}, async ({ body: { a, b } }) => ({ sum: a + b, dropped: true }));
app.register(async (scope) => {
  scope.decorate("greet", () => "from the plugin");
  scope.get("/plugin", async () => scope.greet());
}, { prefix: "/scoped" });
app.get("/throws", async () => {
  throw Object.assign(new Error("inside"), { statusCode: 409 });
});
const injected = await app.inject({ method: "GET", url: "/?a=1" });
console.log("injected", injected.statusCode, injected.body);
await app.listen({ port: 0, host: "127.0.0.1" });
const { port } = app.server.address();
await show(port, "/", { shown: ["content-type", "x-hook"] });
await show(port, "/users/12");
await show(port, "/users/x");
const json = { "Content-Type": "application/json" };
await show(port, "/sum", { method: "POST", headers: json, body: '{"a":1,"b":2}' });
await show(port, "/sum", { method: "POST", headers: json, body: '{"a":1}' });
await show(port, "/scoped/plugin");
await show(port, "/throws");
await show(port, "/nowhere");
await app.close();
console.log("closed");
