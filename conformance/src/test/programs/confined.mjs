// Tries to get out of the one folder that was granted: FOLDER, which has links, beside the folder OUTSIDE.
import fs, { promises } from "node:fs";
import { once } from "node:events";

const [folder, outside] = process.argv.slice(2);
const tricks = {
  dots: `${folder}/../outside/key`,
  "dots behind a file": `${folder}/file/../../outside/key`,
  "a relative path": "../".repeat(30) + `${outside}/key`.slice(1),
  "another folder": `${outside}/key`,
  "a link to a file": `${folder}/to-key`,
  "a link to a folder": `${folder}/to-outside/key`,
  "a relative link": `${folder}/up/outside/key`,
  "a link to a link": `${folder}/again`,
  "a link to /proc": `${folder}/to-proc/self/environ`,
  "/proc": "/proc/self/environ",
  "the root in /proc": `/proc/self/root${outside}/key`,
  "the folder in /proc": `/proc/self/cwd/../outside/key`,
  "a descriptor": "/dev/fd/0",
  "a device": "/dev/zero",
  NUL: `${folder}/file\0.txt`,
  "NUL behind dots": `${folder}/../outside/key\0`,
  "an encoded URL": new URL(`file://${folder}/%2e%2e/outside/key`),
  "an encoded slash": new URL(`file://${folder}/..%2foutside%2fkey`),
  "an encoded NUL": new URL(`file://${folder}/file%00`),
  bytes: Buffer.from(`${folder}/../outside/key`),
};
const attempts = {
  readFileSync: (path) => fs.readFileSync(path),
  readFile: (path) => promises.readFile(path),
  callback: (path) => new Promise((resolve, reject) => fs.readFile(path, (error, data) => (error ? reject(error) : resolve(data)))),
  createReadStream: (path) => once(fs.createReadStream(path), "data"),
  statSync: (path) => fs.statSync(path),
  accessSync: (path) => fs.accessSync(path),
  openSync: (path) => fs.openSync(path, "r+"),
  opendir: (path) => promises.opendir(path),
  realpathSync: (path) => fs.realpathSync(path),
  writeFileSync: (path) => fs.writeFileSync(path, "overwritten"),
  appendFile: (path) => promises.appendFile(path, "more"),
  truncate: (path) => promises.truncate(path),
  utimesSync: (path) => fs.utimesSync(path, 0, 0),
  copyFileSync: (path) => fs.copyFileSync(path, `${folder}/copy`),
  "copyFileSync to": (path) => fs.copyFileSync(`${folder}/file`, path),
};

/** As Node's errors of the system are, or those of its arguments. */
function isNodes(error) {
  if (!(error instanceof Error)) return false;
  if (error.code.startsWith("ERR_")) return true;
  return error.errno < 0 && typeof error.syscall === "string" && error.message.startsWith(`${error.code}: `)
    && error.message.includes(`, ${error.syscall}`) && typeof error.path === "string" && error.message.includes(`'${error.path}'`);
}

for (const [trick, path] of Object.entries(tricks)) {
  if (fs.existsSync(path)) console.log(`existsSync of ${trick}: true`);
  for (const [name, attempt] of Object.entries(attempts)) {
    const outcome = await (async () => attempt(path))().then(() => "no error", (error) => (isNodes(error) ? error.code : `another error: ${error.stack}`));
    console.log(`${name} of ${trick}: ${outcome}`);
  }
}
