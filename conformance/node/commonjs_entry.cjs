const { createServer } = require("http");
const path = require("node:path");
console.log(require.main === module, module.id, path.basename(__filename), path.basename(__dirname), typeof createServer, module.children.length);
const esm = require("./fixtures/commonjs/module.mjs");
console.log(esm.default, esm.named, Object.keys(esm), require("./fixtures/commonjs/data.json").answer);
console.log(this === module.exports, typeof exports, require.resolve("fs"), module.paths[0].endsWith("node_modules"));
import("./fixtures/commonjs/module.mjs").then((namespace) => console.log(namespace === esm, namespace.named));
process.on("exit", (code) => console.log("exit", code));
