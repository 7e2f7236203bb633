// Folders and files that are watched: what happens to them, who stops it, and what is refused.
import fs from "node:fs";
import promises from "node:fs/promises";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), `fs_watch.${process.pid}.tmp`);
fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(join(folder, "sub"), { recursive: true });
const at = (...names) => join(folder, ...names);

/** Events until one is of that kind and name; the system may tell of more. */
async function until(watcher, kind, name) {
  for (;;) {
    const [eventType, filename] = await once(watcher, "change");
    if (eventType === kind && `${filename}` === name) return `${eventType} ${filename}`;
  }
}

const watcher = fs.watch(folder);
for (const [act, kind] of [
  [() => fs.writeFileSync(at("new"), "1"), "rename"],
  [() => fs.appendFileSync(at("new"), "2"), "change"],
  [() => fs.renameSync(at("new"), at("newer")), "rename"],
]) {
  const seen = until(watcher, kind, "new");
  act();
  console.log(await seen);
}
const heard = [];
watcher.on("change", (kind, name) => heard.push(name));
watcher.close();
watcher.close();
await once(watcher, "close");

// One file of a folder, and two watchers of the same folder.
const file = fs.watch(at("newer"), { encoding: "buffer" });
const other = fs.watch(folder, { persistent: false }, () => {});
const seen = [until(file, "change", "newer"), until(other, "rename", "unheard")];
fs.writeFileSync(at("unheard"), "");
fs.appendFileSync(at("newer"), "3");
console.log(await seen[0], await seen[1], heard);
file.close();
other.close();

// A signal ends it; so does leaving the loop.
const controller = new AbortController();
const stopped = fs.watch(folder, { signal: controller.signal });
controller.abort();
await once(stopped, "close");
const loop = (async () => {
  for await (const event of promises.watch(at("sub"))) return { ...event };
})();
fs.mkdirSync(at("sub", "inner"));
console.log(await loop);
const aborting = new AbortController();
const waiting = promises.watch(folder, { signal: aborting.signal }).next();
aborting.abort();
console.log(await waiting.catch(({ name }) => name));
const full = promises.watch(folder, { maxQueue: 0, overflow: "error" }).next();
fs.writeFileSync(at("unheard"), "more");
console.log(await full.catch(({ code }) => code));

// A folder that goes.
const going = fs.watch(at("sub", "inner"));
const gone = until(going, "rename", "inner");
fs.rmdirSync(at("sub", "inner"));
console.log(await gone);
going.close();

for (const attempt of [
  () => fs.watch(at("missing")),
  () => fs.watch(at("newer"), { encoding: "morse" }),
  () => fs.watch(1),
]) {
  try {
    attempt();
  } catch ({ code, syscall, message }) {
    console.log(code, syscall, message.replaceAll(folder, ""));
  }
}
if (process.title === "runnel") {
  for (const attempt of [() => fs.watch(folder, { recursive: true }), () => fs.watch("/etc")]) {
    try {
      attempt();
    } catch ({ code, filename }) {
      if (code !== "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM" && !(code === "ENOENT" && filename === "/etc")) console.log(code, filename);
    }
  }
}
fs.rmSync(folder, { recursive: true });
// One that doesn't keep the program running.
fs.watch(dirname(folder)).unref();
