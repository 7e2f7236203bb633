// The routes of requests.mjs, as one writes them with itty-router.
import {
  AutoRouter,
  cors,
  error,
  html,
  IttyRouter,
  json,
  status,
  StatusError,
  text,
  withContent,
  withCookies,
} from "itty-router";

const { preflight, corsify } = cors({
  origin: "https://app.example",
  allowMethods: ["GET", "PUT"],
  credentials: true,
  maxAge: 600,
});

const app = AutoRouter({
  missing: (_, { url }) => error(404, { missing: new URL(url).pathname }),
  finally: [answerHead],
});

/** itty-router has no routes for HEAD by itself; this app answers them without a body. */
function answerHead(response, { method }) {
  return method === "HEAD" ? new Response(null, response) : response;
}

function authenticated({ headers }) {
  if (headers.get("Authorization") !== `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode("ada:löve")))}`) {
    return error(401, "Who are you?");
  }
}

async function digest(words) {
  const hash = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(words));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

async function signed(payload, secret) {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  const head = [{ alg: "HS256" }, payload].map((part) => base64url(encoder.encode(JSON.stringify(part)))).join(".");
  return `${head}.${base64url(new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(head))))}`;
}

function streamOf(parts) {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(controller) {
      for (const part of parts) {
        controller.enqueue(encoder.encode(part));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      controller.close();
    },
  });
}

app
  .get("/", () => text("Hello."))
  .head("/", () => text("Hello."))
  .get("/users/:id", ({ id }) => ({ id }))
  .put("/users/:id", withContent, ({ id, content }) => json({ id, ...content }, { status: 201 }))
  .delete("/users/:id", () => status(204))
  .get("/users/:user/posts/:post", ({ params }) => params)
  .get("/optional/:name?", ({ params }) => text(params.name ?? "nobody"))
  .get("/files/:path+", ({ params }) => text(params.path))
  .get("/search", ({ query }) => ({ q: query.q, tags: query.tag }))
  .all("/any", ({ method }) => text(method))
  .post("/json", async (request) => {
    const got = await request.json().catch((cause) => {
      throw new StatusError(400, `${cause.name}: this is no JSON.`);
    });
    return { got };
  })
  .post("/form", withContent, ({ content }) => [...content])
  .post("/multipart", async (request) => {
    const form = await request.formData();
    const file = form.get("file");
    return { title: form.get("title"), name: file.name, type: file.type, size: file.size, text: await file.text() };
  })
  .post("/bytes", async (request) => new Response(new Uint8Array(await request.arrayBuffer()).reverse()))
  .post("/text", async (request) => text((await request.text()).toUpperCase()))
  .post("/echo", ({ body, headers }) => new Response(body, { headers: { "Content-Type": headers.get("Content-Type") } }))
  .get("/cookies", withCookies, ({ cookies }) => {
    const response = json(cookies);
    response.headers.append("Set-Cookie", "seen=yes%20%C3%BC; Max-Age=60; Path=/; HttpOnly; SameSite=Lax");
    response.headers.append("Set-Cookie", "old=; Max-Age=0");
    return response;
  })
  .get("/old", ({ url }) => Response.redirect(new URL("/new?a=1", url.replace(/:\d+/, "")), 301))
  .post("/submit", () => status(303, { headers: { Location: "/done" } }))
  .get("/headers", ({ headers }) => {
    const response = text(headers.get("X-Asked") ?? "", { headers: { "X-Set": "first" } });
    response.headers.set("X-Set", "second");
    response.headers.append("X-Many", "a");
    response.headers.append("X-Many", "b");
    return response;
  })
  .get("/status/:code", ({ code }) => text("as asked", { status: Number(code) }))
  .get("/html", ({ query }) => html(`<p>Hello, ${query.name.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)}</p>`))
  .get("/etag", async ({ headers }) => {
    const words = "the same every time";
    const tag = `"${await digest(words)}"`;
    const init = { headers: { ETag: tag } };
    return headers.get("If-None-Match")?.split(", ").includes(tag) ? status(304, init) : text(words, init);
  })
  .get("/packed", () => {
    const packed = new Blob(["again and ".repeat(120)]).stream().pipeThrough(new CompressionStream("gzip"));
    return new Response(packed, { headers: { "Content-Encoding": "gzip", "Content-Type": "text/plain" } });
  })
  .get("/private/*", authenticated, () => text("for Ada"))
  .options("/api/*", preflight)
  .get("/api/data", (request) => corsify(json({ data: [1, 2, 3] }), request))
  .get("/stream", () => new Response(streamOf(["one ", "two ", "three €"])))
  .get("/events", () => {
    const events = ["event: tick\nid: 1\ndata: line one\ndata: line two\n\n", 'data: {"ok":true}\n\n'];
    return new Response(streamOf(events), { headers: { "Content-Type": "text/event-stream" } });
  })
  .get("/token", async () => ({ token: await signed({ sub: "ada", exp: 4_000_000_000 }, "secret") }))
  .get("/teapot", () => {
    throw new StatusError(418, { error: "I am a teapot.", code: "TEA" });
  })
  .get("/broken", () => {
    throw new Error("This message is the answer's.");
  })
  .all("/nested/*", IttyRouter({ base: "/nested" }).get("/deep/:leaf", ({ leaf, params }) => ({ leaf, params })).fetch);

export default { fetch: app.fetch };
