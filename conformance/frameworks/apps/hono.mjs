// The routes of requests.mjs, as one writes them with Hono.
import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { compress } from "hono/compress";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { cors } from "hono/cors";
import { etag } from "hono/etag";
import { html } from "hono/html";
import { HTTPException } from "hono/http-exception";
import { sign, verify } from "hono/jwt";
import { secureHeaders } from "hono/secure-headers";
import { stream, streamSSE } from "hono/streaming";

const app = new Hono();

app.use(async (c, next) => {
  await next();
  c.res.headers.set("X-Middleware", "outer");
});
app.use("/api/*", cors({ origin: "https://app.example", allowMethods: ["GET", "PUT"], credentials: true, maxAge: 600 }));
app.use("/etag", etag());
app.use("/packed", compress());
app.use("/secure", secureHeaders());
app.use("/private/*", basicAuth({ username: "ada", password: "löve" }));

app.get("/", (c) => c.text("Hello."));
app.get("/users/:id", (c) => c.json({ id: c.req.param("id") }));
app.put("/users/:id", async (c) => c.json({ id: c.req.param("id"), ...(await c.req.json()) }, 201));
app.delete("/users/:id", (c) => c.body(null, 204));
app.get("/users/:user/posts/:post{[0-9]+}", (c) => c.json(c.req.param()));
app.get("/optional/:name?", (c) => c.text(c.req.param("name") ?? "nobody"));
app.get("/files/*", (c) => c.text(c.req.path));
app.get("/search", (c) => c.json({ q: c.req.query("q"), tags: c.req.queries("tag") }));
app.all("/any", (c) => c.text(c.req.method));

app.post("/json", async (c) => c.json({ got: await c.req.json() }));
app.post("/form", async (c) => c.json(await c.req.parseBody({ all: true })));
app.post("/multipart", async (c) => {
  const { title, file } = await c.req.parseBody();
  return c.json({ title, name: file.name, type: file.type, size: file.size, text: await file.text() });
});
app.post("/bytes", async (c) => c.body(new Uint8Array(await c.req.arrayBuffer()).reverse()));
app.post("/text", async (c) => c.text((await c.req.text()).toUpperCase()));
app.post("/echo", (c) => c.body(c.req.raw.body, 200, { "Content-Type": c.req.header("Content-Type") }));

app.get("/cookies", (c) => {
  setCookie(c, "seen", "yes ü", { path: "/", httpOnly: true, sameSite: "Lax", maxAge: 60 });
  deleteCookie(c, "old");
  return c.json(getCookie(c));
});
app.get("/old", (c) => c.redirect("/new?a=1", 301));
app.post("/submit", (c) => c.redirect("/done", 303));
app.get("/headers", (c) => {
  c.header("X-Set", "first");
  c.header("X-Set", "second");
  c.header("X-Many", "a");
  c.header("X-Many", "b", { append: true });
  return c.text(c.req.header("X-Asked") ?? "");
});
app.get("/status/:code", (c) => c.text("as asked", Number(c.req.param("code"))));
app.get("/html", (c) => c.html(html`<p>Hello, ${c.req.query("name")}</p>`));
app.get("/etag", (c) => c.text("the same every time"));
app.get("/packed", (c) => c.text("again and ".repeat(120)));
app.get("/secure", (c) => c.text("safe"));
app.get("/private/page", (c) => c.text("for Ada"));
app.get("/api/data", (c) => c.json({ data: [1, 2, 3] }));
app.get("/stream", (c) =>
  stream(c, async (out) => {
    for (const part of ["one ", "two ", "three €"]) {
      await out.write(part);
      await out.sleep(1);
    }
  }),
);
app.get("/events", (c) =>
  streamSSE(c, async (out) => {
    await out.writeSSE({ event: "tick", id: "1", data: "line one\nline two" });
    await out.writeSSE({ data: JSON.stringify({ ok: true }) });
  }),
);
app.get("/token", async (c) => {
  const token = await sign({ sub: "ada", exp: 4_000_000_000 }, "secret", "HS256");
  return c.json({ token, payload: await verify(token, "secret", "HS256") });
});
app.get("/teapot", () => {
  throw new HTTPException(418, { message: "I am a teapot." });
});
app.get("/broken", () => {
  throw new Error("not for everybody");
});
app.route("/nested", new Hono().get("/deep/:leaf", (c) => c.json({ leaf: c.req.param("leaf"), path: c.req.path })));

app.notFound((c) => c.json({ missing: c.req.path }, 404));
app.onError((error, c) => (error instanceof HTTPException ? error.getResponse() : c.text("Something broke.", 500)));

export default app;
