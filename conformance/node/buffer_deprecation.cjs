// new Buffer() warns once, and packages never.
const vm = require("vm");

let warnings = 0;
process.on("warning", ({ name, code, message }) => console.log(++warnings, name, code, message.length));
process.noWarnings = true;
console.log(vm.runInThisContext("new Buffer(3).length", { filename: "/app/node_modules/old/index.js" }));
setImmediate(() => {
  console.log(warnings);
  Error.prepareStackTrace = (error, sites) => [Buffer(1).length, sites.length > 0];
  console.log(new Error("x").stack);
  new Buffer("a");
});
