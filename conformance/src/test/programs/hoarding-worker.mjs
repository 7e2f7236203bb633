// A worker that takes more memory than it may have ends, and the program goes on.
import { isMainThread, Worker } from "node:worker_threads";

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 24 } });
  worker.on("error", ({ code, message }) => console.log(code, message));
  worker.on("exit", (code) => console.log("exit", code));
} else {
  const all = [];
  for (;;) all.push(new Uint8Array(1 << 20).fill(1));
}
