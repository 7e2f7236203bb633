import fs, { promises, constants } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./fixtures/files", import.meta.url));
const file = join(folder, "a.txt");
console.log(fs.readFileSync(file, "utf8"), fs.readFileSync(file).length, await readFile(file, { encoding: "latin1" }));
await new Promise((resolve) => fs.readFile(file, "utf8", (error, data) => resolve(console.log("callback", error, data))));
console.log(fs.existsSync(file), fs.existsSync(join(folder, "no")), fs.statSync(file).isFile(), fs.statSync(folder).isDirectory(), fs.statSync(file).size);
console.log(fs.readdirSync(folder), (await readdir(folder, { withFileTypes: true })).map((e) => [e.name, e.isDirectory()]), fs.readdirSync(folder, { recursive: true }).sort());
console.log(fs.statSync(join(folder, "no"), { throwIfNoEntry: false }), fs.statSync(file).mtime instanceof Date, typeof fs.statSync(file, { bigint: true }).size);
for (const act of [
  () => fs.readFileSync(join(folder, "no")), () => fs.readFileSync(folder), () => fs.readdirSync(file), () => fs.readFileSync("a\0b"),
  () => fs.readFileSync(5.5), () => fs.readFileSync({}), () => fs.readFile(file), () => fs.accessSync(join(folder, "no"), constants.R_OK),
  () => fs.readFileSync(file, "nope"), () => fs.statSync(join(file, "x")), () => fs.openSync(file, "q"), () => fs.rmdirSync(join(folder, "no")),
]) {
  try {
    act();
    console.log("no error");
  } catch (error) {
    console.log(error.code, error.errno, error.syscall, error.message.replaceAll(folder, "."), error.path?.replaceAll(folder, "."));
  }
}
await promises.readFile(join(folder, "no")).catch((error) => console.log("rejected", error.code));
console.log(await text(fs.createReadStream(file)), await text(fs.createReadStream(file, { start: 1, end: 3 })));
await new Promise((resolve) => fs.createReadStream(join(folder, "no")).on("error", (error) => console.log("stream", error.code)).on("close", resolve));
const fd = fs.openSync(file);
const buffer = Buffer.alloc(4);
console.log(fs.readSync(fd, buffer), buffer.toString(), fs.readSync(fd, buffer, 0, 2, 0), buffer.toString(), fs.fstatSync(fd).size);
fs.closeSync(fd);
try {
  fs.closeSync(fd);
} catch (error) {
  console.log(error.code);
}
const handle = await promises.open(file);
console.log((await handle.readFile("utf8")).length, (await handle.stat()).isFile());
await handle.close();
console.log(fs.realpathSync(join(folder, "sub", "..", "a.txt")) === fs.realpathSync(file));
for await (const entry of await promises.opendir(folder)) if (entry.isFile()) console.log(entry.name);

const temporary = join(folder, "written");
fs.rmSync(temporary, { recursive: true, force: true });
fs.mkdirSync(join(temporary, "x", "y"), { recursive: true });
fs.writeFileSync(join(temporary, "f"), "one");
fs.appendFileSync(join(temporary, "f"), " two");
await promises.copyFile(join(temporary, "f"), join(temporary, "g"));
fs.renameSync(join(temporary, "g"), join(temporary, "h"));
console.log(fs.readFileSync(join(temporary, "h"), "utf8"), fs.readdirSync(temporary));
const out = fs.createWriteStream(join(temporary, "s"));
out.write("streamed ");
out.end("text");
await new Promise((resolve) => out.on("close", resolve));
console.log(fs.readFileSync(join(temporary, "s"), "utf8"), out.bytesWritten);
fs.truncateSync(join(temporary, "s"), 4);
console.log(fs.statSync(join(temporary, "s")).size);
for (const act of [() => fs.mkdirSync(temporary), () => fs.rmdirSync(temporary), () => fs.writeFileSync(join(temporary, "f"), "", { flag: "wx" }), () => fs.rmSync(temporary)]) {
  try {
    act();
  } catch (error) {
    console.log(error.code, error.syscall);
  }
}
fs.rmSync(temporary, { recursive: true });
console.log(fs.existsSync(temporary));
