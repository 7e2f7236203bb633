// More watchers than the limit allows: those over it fail, and one that is closed makes room.
import { watch } from "node:fs";

const open = [];
try {
  for (let i = 0; i < 10_000; i++) open.push(watch(import.meta.dirname));
} catch ({ code, message }) {
  console.log(open.length, code, message.replace(import.meta.dirname, "FOLDER"));
}
open.pop().close();
open.push(watch(import.meta.dirname));
console.log(open.length);
for (const watcher of open) watcher.close();
