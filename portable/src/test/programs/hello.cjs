// Arguments, environment, clocks, timers, text and files: what a command needs.
const fs = require("fs");
const begun = performance.now();
console.log("args", process.argv.slice(2), process.env.GREETING);
console.log(new URL("../x?y=1#z", "http://Ex%41mple.com:80/a/b/c").href);
console.log(Buffer.from("héllo").toString("base64"), Date.now() > 1.7e12, crypto.randomUUID().length);
setImmediate(() => {
  console.log("immediate");
  setTimeout(() => console.log("slept", performance.now() - begun >= 29, { deep: [1, { b: new Map([[1, 2]]) }] }), 30);
});
process.nextTick(() => console.log("tick"));
Promise.resolve().then(() => console.log("job"));
fs.writeFileSync("/data/written.txt", "one\n");
fs.appendFileSync("/data/written.txt", "two\n");
console.log(fs.readFileSync("/data/written.txt", "utf8").trim().split("\n"), fs.readdirSync("/data"));
try {
  fs.readFileSync("/elsewhere/secret");
} catch (error) {
  console.log(error.message);
}
process.on("exit", (code) => console.log("exit", code));
process.exitCode = 3;
