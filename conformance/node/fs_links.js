// Links, copies, permissions, vectors, streams over another fs, and files that are looked at.
import fs from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import promises from "node:fs/promises";
import { once } from "node:events";

const folder = join(dirname(fileURLToPath(import.meta.url)), `fs_links.${process.pid}.tmp`);
fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(join(folder, "from", "sub"), { recursive: true });
const at = (...names) => join(folder, ...names);
const told = (act) => {
  try {
    return act();
  } catch ({ code, syscall, message }) {
    return `${code} ${syscall} ${message.replaceAll(folder, "")}`;
  }
};

fs.writeFileSync(at("from", "a"), "alpha", { mode: 0o640 });
fs.writeFileSync(at("from", "sub", "b"), "beta");
fs.symlinkSync("a", at("from", "link"));
fs.linkSync(at("from", "a"), at("second"));
console.log(fs.readlinkSync(at("from", "link")), fs.readFileSync(at("from", "link"), "utf8"), fs.lstatSync(at("from", "link")).isSymbolicLink());
console.log((fs.statSync(at("from", "a")).mode & 0o777).toString(8), fs.readFileSync(at("second"), "utf8"));
fs.chmodSync(at("second"), "600");
console.log((fs.statSync(at("from", "a")).mode & 0o777).toString(8));
console.log(told(() => fs.symlinkSync("a", at("from", "link"))));
console.log(told(() => fs.chmodSync(at("second"), "9")));
fs.lutimesSync(at("from", "link"), 1000, 2000.5);
console.log(fs.lstatSync(at("from", "link")).mtimeMs, fs.statSync(at("from", "link")).mtimeMs === 2000500);

fs.cpSync(at("from"), at("to"), { recursive: true, filter: (source) => !source.endsWith("b") });
console.log(fs.readdirSync(at("to"), { recursive: true }).sort(), fs.readFileSync(at("to", "link"), "utf8"));
await promises.cp(at("from", "sub"), at("deep", "er", "copy"), { recursive: true, preserveTimestamps: true });
console.log(fs.readFileSync(at("deep", "er", "copy", "b"), "utf8"));
console.log(told(() => fs.cpSync(at("from"), at("from", "sub", "in"), { recursive: true })));
console.log(told(() => fs.cpSync(at("from"), at("flat"))));
console.log(told(() => fs.cpSync(at("from", "a"), at("to", "a"), { force: false, errorOnExist: true })));
console.log(await promises.cp(at("from"), at("to", "a"), { recursive: true }).catch(({ code }) => code));

const fd = fs.openSync(at("vector"), "w+");
console.log(fs.writevSync(fd, [Buffer.from("one "), new Uint8Array([116, 119, 111])]), fs.writevSync(fd, []));
const parts = [Buffer.alloc(2), Buffer.alloc(10)];
console.log(fs.readvSync(fd, parts, 1), parts.map((part) => part.toString("latin1").replaceAll("\0", ".")));
fs.readv(fd, parts, 0, (error, count, buffers) => console.log(error, count, buffers === parts));
await once(fs.createReadStream(at("vector")).resume(), "close");
fs.closeSync(fd);
console.log(told(() => fs.writeSync(fs.openSync(at("vector"), "r"), "x")));

const opened = [];
const own = { ...fs, open: (path, ...rest) => { opened.push(path === at("vector")); fs.open(path, ...rest); } };
for await (const chunk of fs.createReadStream(at("vector"), { fs: own, start: 4, encoding: "utf8" })) console.log(chunk, opened);
const handle = await promises.open(at("lines"), "w+");
await handle.writev([Buffer.from("first\nsec"), Buffer.from("ond\n")]);
for await (const line of handle.readLines({ start: 0 })) console.log(line);
console.log(await handle.read().catch(({ code, syscall }) => `${code} ${syscall}`));

function Inherited(path) {
  fs.ReadStream.call(this, path);
}
Object.setPrototypeOf(Inherited.prototype, fs.ReadStream.prototype);
console.log(await new Inherited(at("lines")).setEncoding("utf8").toArray());

// It grows until somebody has seen it.
const growing = setInterval(() => fs.appendFileSync(at("lines"), "more"), 20);
fs.watchFile(at("lines"), { interval: 10 }, (now, before) => {
  clearInterval(growing);
  console.log(now.size > before.size);
  fs.unwatchFile(at("lines"));
  fs.rmSync(folder, { recursive: true });
});
