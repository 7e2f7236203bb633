// Modules that have nothing behind them import by either name, and every function of theirs names itself when it fails.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const NAMES = ["child_process", "cluster", "dgram", "domain", "http2", "inspector", "repl", "sea", "sqlite", "trace_events", "wasi", "worker_threads"];
/** What works, there being nothing to do. */
const WORKING = ["close", "url", "disconnect", "getEnabledCategories", "isSea", "MessageChannel", "MessagePort", "getEnvironmentData",
  "setEnvironmentData", "isMarkedAsUntransferable"];
const OF_EMITTERS = Object.getOwnPropertyNames(Object.getPrototypeOf(require("events").prototype ?? {}));

for (const name of NAMES) {
  const module = await import(`node:${name}`);
  console.log(name, (await import(name)).default === module.default, require(name) === module.default);
  for (const [key, value] of Object.entries(module)) {
    if (typeof value !== "function" || WORKING.includes(key) || OF_EMITTERS.includes(key) || key === "default") continue;
    try {
      new value();
      console.log(`${key} did nothing`);
    } catch (error) {
      const asNode = error instanceof TypeError && error.code === "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM";
      if (!asNode || !error.message.startsWith(`${name}.${key}() is not supported: `)) console.log(key, error);
    }
  }
}
console.log(require("sys") === require("util"), require("inspector/promises") === require("inspector"));
