// Every name that a module of Node 20 has is there; those with nothing behind them fail with an error that names them.
// fixtures/names/node20.json has Object.keys() of each module, but for names that begin with an underscore.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
for (const [name, keys] of Object.entries(require("./fixtures/names/node20.json"))) {
  const module = require(name);
  const missing = keys.filter((key) => !(key in module));
  if (missing.length > 0) console.log(name, missing);
}

const named = async (name, act) => {
  try {
    await act();
    console.log(`${name} did nothing`);
  } catch ({ code, message }) {
    if (code !== "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM" || !message.startsWith(`${name}() is not supported`)) console.log(name, code, message);
  }
};
/** On Node these are there, or are of its own engine. */
if (process.title === "runnel") {
  const v8 = require("v8");
  for (const name of ["getHeapSnapshot", "getHeapCodeStatistics", "queryObjects", "takeCoverage", "stopCoverage", "GCProfiler",
    "Serializer", "DefaultDeserializer", "writeHeapSnapshot"]) await named(`v8.${name}`, () => new v8[name]());
  for (const name of ["enroll", "unenroll", "active"]) await named(`timers.${name}`, () => require("timers")[name]({}));
  await named("tls.createSecurePair", () => require("tls").createSecurePair());
  await named("assert.CallTracker", () => new (require("assert").CallTracker)());
  await named("fs.openAsBlob", () => require("fs").openAsBlob("."));
  await named("fs.statfs", () => require("fs").statfs(".", () => {}));
  await named("http2.performServerHandshake", () => require("http2").performServerHandshake());
  await named("vm.measureMemory", () => require("vm").measureMemory());
  await named("process.binding", () => process.binding("fs"));
}
console.log(await require("fs/promises").lchmod("x", 0o600).catch(({ code }) => code));
const { deserialize, serialize } = require("v8");
console.log(deserialize(serialize({ map: new Map([[1n, new Date(0)]]), list: [undefined, "€", /x/g] })));
try {
  serialize(() => {});
} catch ({ name }) {
  console.log(name);
}
