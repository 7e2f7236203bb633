// The routes of requests.mjs, as one writes them with h3.
import {
  appendResponseHeader,
  basicAuth,
  createEventStream,
  deleteCookie,
  getCookie,
  getQuery,
  getRouterParam,
  getRouterParams,
  H3,
  handleCacheHeaders,
  handleCors,
  html,
  HTTPError,
  iterable,
  noContent,
  parseCookies,
  readBody,
  redirect,
  sealSession,
  setCookie,
  setResponseHeader,
  unsealSession,
} from "h3";

const app = new H3({ silent: true });

app.use(async (event, next) => {
  setResponseHeader(event, "X-Middleware", "outer");
  return next();
});
app.use("/api/**", (event) => {
  const answer = handleCors(event, {
    origin: ["https://app.example"],
    methods: ["GET", "PUT"],
    exposeHeaders: ["X-Middleware"],
    credentials: true,
    maxAge: "600",
  });
  if (answer !== false) {
    return answer;
  }
});

app.get("/", () => "Hello.");
app.get("/users/:id", (event) => ({ id: getRouterParam(event, "id", { decode: true }) }));
app.put("/users/:id", async (event) => {
  event.res.status = 201;
  return { id: getRouterParam(event, "id"), ...(await readBody(event)) };
});
app.delete("/users/:id", () => noContent());
app.get("/users/:user/posts/:post", (event) => getRouterParams(event));
app.get("/optional/:name?", (event) => getRouterParam(event, "name") ?? "nobody");
app.get("/files/**:path", (event) => getRouterParam(event, "path"));
app.get("/search", (event) => {
  const { q, tag } = getQuery(event);
  return { q, tags: tag };
});
app.all("/any", (event) => event.req.method);

app.post("/json", async (event) => ({ got: await readBody(event) }));
app.post("/form", async (event) => [...(await event.req.formData())]);
app.post("/multipart", async (event) => {
  const form = await event.req.formData();
  const file = form.get("file");
  return { title: form.get("title"), name: file.name, type: file.type, size: file.size, text: await file.text() };
});
app.post("/bytes", async (event) => new Uint8Array(await event.req.arrayBuffer()).reverse());
app.post("/text", async (event) => (await event.req.text()).toUpperCase());
app.post("/echo", (event) => {
  setResponseHeader(event, "Content-Type", event.req.headers.get("Content-Type"));
  return event.req.body;
});

app.get("/cookies", (event) => {
  setCookie(event, "seen", "yes ü", { path: "/", httpOnly: true, sameSite: "lax", maxAge: 60 });
  deleteCookie(event, "old");
  return { all: parseCookies(event), one: getCookie(event, "a") };
});
app.get("/old", () => redirect("/new?a=1", 301));
app.post("/submit", () => redirect("/done", 303));
app.get("/headers", (event) => {
  setResponseHeader(event, "X-Set", "first");
  setResponseHeader(event, "X-Set", "second");
  appendResponseHeader(event, "X-Many", "a");
  appendResponseHeader(event, "X-Many", "b");
  return event.req.headers.get("X-Asked") ?? "";
});
app.get("/status/:code", (event) => {
  event.res.status = Number(getRouterParam(event, "code"));
  event.res.statusText = "As Asked";
  return "as asked";
});
app.get("/html", (event) => html`<p>Hello, ${getQuery(event).name}</p>`);
app.get("/etag", (event) =>
  handleCacheHeaders(event, { etag: '"v1"', modifiedTime: new Date(0), maxAge: 60 }) ? "" : "the same every time",
);
app.get("/packed", () => {
  const packed = new Blob(["again and ".repeat(120)]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(packed, { headers: { "Content-Encoding": "gzip", "Content-Type": "text/plain" } });
});
app.get("/private/page", () => "for Ada", { middleware: [basicAuth({ username: "ada", password: "löve" })] });
app.get("/api/data", () => ({ data: [1, 2, 3] }));
app.get("/stream", () =>
  iterable(async function* () {
    for (const part of ["one ", "two ", "three €"]) {
      yield part;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }),
);
app.get("/events", (event) => {
  const events = createEventStream(event);
  events
    .push({ event: "tick", id: "1", data: "line one\nline two" })
    .then(() => events.push({ data: JSON.stringify({ ok: true }) }))
    .then(() => events.close());
  return events.send();
});
app.get("/token", async (event) => {
  const config = { password: "a password of more than thirty-two letters", name: "ada" };
  event.context.sessions = { ada: { id: "1", createdAt: Date.now(), data: { sub: "ada" } } };
  const sealed = await sealSession(event, config);
  const { id, data } = await unsealSession(event, config, sealed);
  return { prefix: sealed.slice(0, 7), id, data };
});
app.get("/teapot", () => {
  throw new HTTPError({ status: 418, statusText: "I am a teapot", data: { code: "TEA" } });
});
app.get("/broken", () => {
  throw new Error("not for everybody");
});
app.mount("/nested", new H3().get("/deep/:leaf", (event) => ({ leaf: getRouterParam(event, "leaf"), path: event.url.pathname })));

export default { fetch: (request) => app.fetch(request) };
