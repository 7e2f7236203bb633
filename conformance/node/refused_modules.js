// Modules that have nothing behind them import by either name, and every function of theirs names itself when it fails.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const NAMES = ["child_process", "cluster", "dgram", "domain", "inspector", "repl", "sea", "sqlite", "trace_events", "wasi"];
const WITH_SCHEME_ONLY = ["sea", "sqlite"];
/** What works, there being nothing to do. */
const WORKING = ["close", "url", "disconnect", "getEnabledCategories", "isSea"];
const OF_EMITTERS = Object.getOwnPropertyNames(Object.getPrototypeOf(require("events").prototype ?? {}));

for (const name of NAMES) {
  const module = await import(`node:${name}`);
  const bare = WITH_SCHEME_ONLY.includes(name) ? `node:${name}` : name;
  console.log(name, (await import(bare)).default === module.default, require(bare) === module.default);
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
for (const name of [...WITH_SCHEME_ONLY, "test"]) await import(name).catch(({ code }) => console.log(name, code));
console.log(require("sys") === require("util"), require("inspector/promises") === require("inspector"));

const { createHook } = require("async_hooks");
console.log(typeof createHook({}).enable().disable);
try {
  createHook({ init() {} }).enable();
} catch ({ message }) {
  console.log(message);
}
