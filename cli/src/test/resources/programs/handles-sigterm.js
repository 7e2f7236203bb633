const alive = setInterval(() => {}, 1000);
process.on("SIGTERM", () => {
  console.log("so long");
  clearInterval(alive);
});
console.log("ready");
