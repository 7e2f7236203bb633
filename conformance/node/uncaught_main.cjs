// What a main file throws is heard by the process's listeners, and the program goes on.
process.on("uncaughtException", (error, origin) => console.log(error.message, origin));
setTimeout(() => console.log("goes on"));
process.on("exit", (code) => console.log("exit", code));
throw new Error("thrown at the top");
