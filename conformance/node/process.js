import process, { argv, env, cwd } from "node:process";

console.log(process === globalThis.process, String(process), argv.length >= 2, typeof env, cwd() === process.cwd());
console.log(process.platform, process.version.startsWith("v20"), typeof process.versions.node, typeof process.pid, process.argv0.length > 0);
console.log(process.hrtime().length, typeof process.hrtime.bigint(), process.uptime() >= 0, Object.keys(process.memoryUsage()));
process.env.NUMBER = 5;
console.log(process.env.NUMBER, "MISSING" in process.env, process.env.MISSING);
delete process.env.NUMBER;
console.log(process.env.NUMBER);
process.stdout.write("written\n");
process.on("warning", (warning) => console.log("warning", warning.name, warning.code, warning.message));
process.emitWarning("careful", { type: "Custom", code: "W1" });
process.on("exit", (code) => console.log("exit", code, process.exitCode));
let again = 2;
process.on("beforeExit", (code) => {
  console.log("beforeExit", code);
  if (--again > 0) setTimeout(() => console.log("more work"), 1);
});
process.on("unhandledRejection", (reason) => console.log("unhandled", reason.message));
Promise.reject(new Error("nobody"));
process.on("uncaughtException", (error, origin) => console.log("uncaught", error.message, origin));
setTimeout(() => { throw new Error("thrown"); }, 1);
try {
  process.exitCode = "x";
} catch (error) {
  console.log(error.code);
}
try {
  process.nextTick(5);
} catch (error) {
  console.log(error.code, error.message);
}
