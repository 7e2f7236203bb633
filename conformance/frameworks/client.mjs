// Asks the server at a URL everything in requests.mjs, one after the other, and prints its answers: status, the
// app's headers by name, body. Usage: node client.mjs http://127.0.0.1:PORT
import { request } from "node:http";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { requests } from "./requests.mjs";

/** What a server adds to frame and date an answer. */
const SERVERS_OWN = ["connection", "content-length", "date", "keep-alive", "transfer-encoding"];

const [, , origin] = process.argv;

for (const [name, line, headers = {}, body = []] of requests) {
  const { status, fields, bytes } = await ask(line, headers, [body].flat());
  console.log(`## ${name}\n${line}\n${[status, ...fields].join("\n")}\n\n${shown(bytes)}\n`);
}

function ask(line, headers, body) {
  const [method, path] = line.split(" ");
  const { promise, resolve, reject } = withResolvers();
  const { hostname, port } = new URL(origin);
  const asked = request({ hostname, port, method, path, headers: { Host: "test.example", ...headers } }, (answer) =>
    received(answer).then(resolve, reject),
  );
  asked.on("error", reject);
  for (const chunk of body) {
    asked.write(chunk);
  }
  asked.end();
  return promise;
}

async function received(answer) {
  const bytes = await buffer(answer);
  return {
    status: answer.statusCode,
    fields: fieldsOf(answer.rawHeaders),
    bytes: answer.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes,
  };
}

/** In the order of names; fields of one name stay in theirs. */
function fieldsOf(raw) {
  return Array.from({ length: raw.length / 2 }, (_, i) => [raw[2 * i].toLowerCase(), raw[2 * i + 1]])
    .filter(([name]) => !SERVERS_OWN.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}: ${value}`);
}

function shown(bytes) {
  const text = bytes.toString("utf8");
  return Buffer.from(text).equals(bytes) && !/[\0-\x08]/.test(text) ? text : `bytes ${bytes.toString("hex")}`;
}

function withResolvers() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}
