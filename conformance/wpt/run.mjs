// Runs one file of the Web Platform Tests and prints the outcome as one line of JSON:
//   ./runnel run --dir /wpt:CHECKOUT conformance/wpt/run.mjs url/url-origin.any.js [VARIANT]
//   WPT=CHECKOUT node conformance/wpt/run.mjs url/url-origin.any.js [VARIANT]
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";

const ROOT = process.env.WPT ?? "/wpt";
const ORIGIN = "http://web-platform.test:8000";
const STATUS = ["PASS", "FAIL", "TIMEOUT", "NOTRUN", "PRECONDITION_FAILED"];

const [file, variant = ""] = process.argv.slice(2);
const source = readFileSync(posix.join(ROOT, file), "utf8");
/** As wptrunner has it. */
const PATIENCE = /^\/\/\s*META:\s*timeout=long$/m.test(source) ? 60_000 : 10_000;
/** What nobody caught. A browser goes on as well. */
const stray = [];

function define(name, value) {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

/** Where a path of the test leads in the checkout; undefined when nothing is there. */
function fileAt(path) {
  const [name] = path.split(/[?#]/);
  const found = posix.join(ROOT, name.startsWith("/") ? name : posix.join(posix.dirname(file), name));
  return existsSync(found) ? found : undefined;
}

/** Tables and IDL come from the checkout: there is no server. */
function fetchFrom(runtimesFetch) {
  return function fetch(input, init) {
    const found = typeof input === "string" && init === undefined ? fileAt(input) : undefined;
    return found === undefined
      ? runtimesFetch.call(globalThis, input, init)
      : Promise.resolve(new Response(readFileSync(found)));
  };
}

/** What testharness.js expects of the global scope it finds itself in. */
function defineScope() {
  const page = new URL(`/${file.replace(/\.js$/, ".html")}${variant}`, ORIGIN);
  const { href, origin, protocol, host, hostname, port, pathname, search } = page;
  define("self", globalThis);
  define("GLOBAL", { isWindow: () => false, isWorker: () => true, isShadowRealm: () => false });
  define("location", { href, origin, protocol, host, hostname, port, pathname, search, hash: "", toString: () => href });
  define("fetch", fetchFrom(fetch));
  define("importScripts", importScripts);
  // Where Node's fetch looks for what relative URLs start from, which here is location.
  define(Symbol.for("undici.globalOrigin.1"), page);
  process.on("uncaughtException", (error) => stray.push(String(error)));
  process.on("unhandledRejection", (reason) => stray.push(String(reason)));
}

/** The scripts that a test asks for in its first lines. */
function scripts() {
  return [...source.matchAll(/^\/\/\s*META:\s*script=(.*)$/gm)].map(([, path]) => script(path.trim()));
}

function script(path) {
  const found = fileAt(path);
  if (found === undefined) throw new Error(`There is no script ${path}.`);
  return readFileSync(found, "utf8");
}

/** In tests that are workers; testharness.js is there already. */
function importScripts(...paths) {
  for (const path of paths) {
    if (!path.endsWith("/testharness.js")) evaluate(script(path));
  }
}

function report(tests, { status, message }) {
  const rows = tests.map((test) => [`${test.name}`.toWellFormed(), STATUS[test.status], `${test.message ?? ""}`]);
  const line = `@@WPT ${JSON.stringify({ status, message, stray, tests: rows })}\n`;
  process.stdout.write(line, () => process.exit(0));
}

/** WPT's sources are classic scripts in sloppy mode. */
function evaluate(text) {
  (0, eval)(text);
}

defineScope();
evaluate(readFileSync(posix.join(ROOT, "resources/testharness.js"), "utf8"));
add_completion_callback(report);
setTimeout(timeout, PATIENCE);
try {
  // In one piece: what is declared by const in one script is used in the next.
  evaluate([...scripts(), source].join("\n;"));
} catch (error) {
  stray.push(String(error));
}
// Workers call it themselves.
if (!file.endsWith(".worker.js")) done();
