// Writes a CommonJS bundle of about so many megabytes, as bundlers make them: thousands of modules, each a function, of
// which a run uses one in a hundred.
import { writeFileSync } from "node:fs";

const [file, megabytes] = process.argv.slice(2);
const wanted = Number(megabytes) * 2 ** 20;

function moduleText(i) {
  return `define(${i}, (module, exports, require) => {
  "use strict";
  class Item${i} {
    constructor(name, options = {}) {
      this.name = name;
      this.options = { depth: ${i % 7}, label: "module ${i}", ...options };
    }
    describe(values) {
      const seen = new Map();
      for (const [index, value] of values.entries()) {
        if (typeof value === "string" && value.startsWith("${i}:")) seen.set(index, value.slice(${String(i).length + 1}));
        else if (Array.isArray(value)) seen.set(index, this.describe(value));
        else seen.set(index, \`\${this.name} \${value}\`);
      }
      return [...seen].map(([index, text]) => \`\${index}=\${text}\`).join(", ");
    }
  }
  exports.create = (name) => new Item${i}(name, { pattern: /^item-${i}-(\\d+)$/ });
  exports.next = ${i >= 100 ? `() => require(${i - 100})` : "() => undefined"};
});
`;
}

const parts = ['const modules = new Map(); const cache = new Map();\nfunction define(id, factory) { modules.set(id, factory); }\n' +
  "function load(id) {\n  if (!cache.has(id)) { const module = { exports: {} }; cache.set(id, module); modules.get(id)(module, module.exports, load); }\n  return cache.get(id).exports;\n}\n"];
let length = 0;
let count = 0;
while (length < wanted) {
  const text = moduleText(count++);
  length += text.length;
  parts.push(text);
}
parts.push(`let used = 0;\nfor (let id = 0; id < ${count}; id += 100) used += load(id).create("item").describe([id + ":x", [1], 2]).length;\nconsole.log(used > 0);\n`);
writeFileSync(file, parts.join(""));
