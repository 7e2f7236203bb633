// The least use of what a portable file has but can't do, by its name in the list: its members are all there, so that
// only using it tells. Each ends without effect, or with the error that programs get.

const NOTHING = new Uint8Array();
const none = () => {};

const listening = (server) => new Promise((done, failed) => server.once("error", failed).listen(0, done));

const ofIntl = (name) => [`Intl.${name}`, () => new Intl[name]("en", name === "DisplayNames" ? { type: "region" } : {})];
const ofWebAssembly = (name) => [`WebAssembly.${name}`, () => WebAssembly[name](NOTHING)];

/** An answer from here, or the error of reading one; where there is a network, nobody answers. */
const fetched = () => fetch("http://127.0.0.1:9/");

const through = (stream) => new Response(new Blob(["x"]).stream().pipeThrough(stream)).arrayBuffer();

/** Modules of which other functions do their work. */
export const usedInPart = new Set(["node:crypto"]);

export const uses = {
  CompressionStream: () => through(new CompressionStream("gzip")),
  DecompressionStream: () => through(new DecompressionStream("gzip")),
  SubtleCrypto: () => crypto.subtle.digest("SHA-256", NOTHING),
  "crypto.DigestStream": () => new crypto.DigestStream("SHA-256"),
  "crypto.subtle.timingSafeEqual": () => crypto.subtle.timingSafeEqual(NOTHING, NOTHING),
  fetch: fetched,
  WebSocket: () => new WebSocket("ws://127.0.0.1:9/"),
  // It has no errors of its own, and fetches.
  EventSource: fetched,
  BroadcastChannel: () => new BroadcastChannel("x").postMessage(1),
  HTMLRewriter: () => new HTMLRewriter().on("p", {}).transform(new Response("<p>")).text(),
  "caches.default": () => caches.default.match("http://localhost/"),
  "caches.open": async () => (await caches.open("x")).match("http://localhost/"),
  "WebAssembly.Module": () => new WebAssembly.Module(NOTHING),
  "WebAssembly.Memory": () => new WebAssembly.Memory({ initial: 1 }),
  "WebAssembly.Table": () => new WebAssembly.Table({ initial: 1, element: "anyfunc" }),
  "WebAssembly.Global": () => new WebAssembly.Global({ value: "i32" }, 1),
  ...Object.fromEntries(["compile", "instantiate", "validate"].map(ofWebAssembly)),
  ...Object.fromEntries(
    ["Collator", "DateTimeFormat", "DisplayNames", "DurationFormat", "ListFormat", "Locale", "NumberFormat", "PluralRules",
      "RelativeTimeFormat", "Segmenter"].map(ofIntl),
  ),
  "Intl.getCanonicalLocales": () => Intl.getCanonicalLocales("en"),
  "Intl.supportedValuesOf": () => Intl.supportedValuesOf("unit"),
  "node:crypto": ({ createHash }) => createHash("sha256"),
  "node:dns": ({ lookup }) => new Promise((done, failed) => lookup("localhost", (error) => (error ? failed(error) : done()))),
  "node:dns/promises": ({ lookup }) => lookup("localhost"),
  "node:https": ({ createServer }) => listening(createServer({}, none)),
  "node:net": ({ createServer }) => listening(createServer(none)),
  "node:tls": ({ connect }) => new Promise((done, failed) => connect(9, done).once("error", failed)),
  "node:vm": ({ runInNewContext }) => runInNewContext("1"),
  "node:worker_threads": ({ Worker }) => new Worker("0", { eval: true }),
  "node:zlib": ({ gzipSync }) => gzipSync("x"),
};
