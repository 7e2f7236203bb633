// What a main module throws is heard by the process's listeners too, and the program goes on.
import process from "node:process";

process.on("uncaughtExceptionMonitor", (error, origin) => console.log("monitor", error.message, origin));
process.on("uncaughtException", (error, origin) => console.log(error instanceof RangeError, error.message, origin));
setTimeout(() => console.log("goes on"));
process.on("exit", (code) => console.log("exit", code));
await null;
throw new RangeError("thrown at the top");
