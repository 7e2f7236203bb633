import { createRequire, isBuiltin, builtinModules } from "node:module";

const require = createRequire(import.meta.url);
console.log(require("./fixtures/commonjs/cycle_a.cjs").seen, require("node:path") === (await import("node:path")).default);
const counter = require("./fixtures/commonjs/counter.cjs");
counter.next();
console.log(require("./fixtures/commonjs/counter.cjs").count, require("./fixtures/commonjs/data.json"), typeof require.resolve("./fixtures/commonjs/data"));
console.log(isBuiltin("fs"), isBuiltin("node:fs/promises"), isBuiltin("lodash"), builtinModules.includes("events"));
try {
  require("./missing");
} catch (error) {
  console.log(error.code, error.message.split("\n")[0]);
}
try {
  require("./fixtures/commonjs/throws.cjs");
} catch (error) {
  console.log(error.message);
}
const imported = await import("./fixtures/commonjs/counter.cjs");
console.log(imported.default === counter);
delete require.cache[require.resolve("./fixtures/commonjs/counter.cjs")];
console.log(require("./fixtures/commonjs/counter.cjs").count);
console.log(require("./fixtures/commonjs/wrapper.cjs"));
