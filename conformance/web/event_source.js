// EventSource: what streams say, in pieces of any size; reconnecting with the last id; what ends it for good.
import { createServer } from "node:http";

const STREAM = [
  "\ufeff: a comment\n\ndata: one\n\n",
  "data\ndata\n\ndata:no space\r\ndata:  two spaces\r\n\r\n",
  "event: named\ndata: {\"a\":1}\nid: 7\n\n",
  "id: 8\n\ndata: after an id alone\n\n",
  "id: n\0ul\ndata: id stays\n\nid\ndata: id is gone\n\n",
  "unknown: x\ndata: é€😀\n\nretry: 1x\nretry: 10\n\n",
  "event: never\n\ndata: plain\r\rid: last\ndata: z\n\ndata: cut off",
];
let connections = 0;
const ids = [];
const server = createServer((req, res) => {
  connections++;
  ids.push(req.headers["last-event-id"]);
  if (req.url === "/html") {
    res.setHeader("content-type", "text/html").end("data: x\n\n");
    return;
  }
  if (req.url === "/endless") {
    res.setHeader("content-type", "text/event-stream").on("error", () => {});
    const line = Buffer.alloc(64 * 1024, "data: ").fill("x", 6);
    const more = () => res.destroyed || (res.write(line) ? setImmediate(more) : res.once("drain", more));
    more();
    return;
  }
  if (req.url === "/gone" || connections > 3) {
    res.writeHead(204).end();
    return;
  }
  res.setHeader("content-type", "Text/Event-Stream; charset=utf-8");
  const bytes = Buffer.from(STREAM.join(""));
  const size = [bytes.length, 1, 5][connections - 1];
  for (let at = 0; at < bytes.length; at += size) res.write(bytes.subarray(at, at + size));
  res.end();
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const source = new EventSource(`${origin}/stream`);
console.log(source.readyState, source.url === `${origin}/stream`, source.withCredentials);
const rounds = [[]];
const seen = ({ type, data, lastEventId }) => rounds.at(-1).push([type, data, lastEventId].map((text) => JSON.stringify(text)).join(" "));
source.onmessage = seen;
source.addEventListener("named", seen);
source.addEventListener("never", seen);
source.onopen = (event) => rounds.at(-1).push(`open ${source.readyState} ${event.constructor.name}`);
await new Promise((resolve) => {
  source.onerror = () => {
    rounds.at(-1).push(`error ${source.readyState}`);
    if (source.readyState === EventSource.CLOSED) resolve();
    rounds.push([]);
  };
});
console.log(rounds[0].join("\n"));
// Only the first events know of the id from before.
console.log("in pieces", rounds[1][1], rounds[1].slice(4).join() === rounds[0].slice(4).join(), rounds[2].join() === rounds[1].join(), rounds[3].join());
console.log("ids", ids.map(String).join());

for (const path of ["/html", "/gone", "/endless"]) {
  const refused = new EventSource(origin + path);
  await new Promise((resolve) => (refused.onerror = resolve));
  console.log(path, refused.readyState);
}
const closed = new EventSource(`${origin}/stream`);
closed.onerror = () => console.log("never");
closed.close();
console.log("closed", closed.readyState);
for (const wrong of [() => new EventSource("http://[x"), () => new EventSource(), () => EventSource("x")]) {
  try {
    wrong();
  } catch (error) {
    console.log(error.name);
  }
}
console.log(EventSource.OPEN, closed.CONNECTING, Object.prototype.toString.call(closed));
server.close();
