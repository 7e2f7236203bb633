const [name = "world"] = process.argv.slice(2);
const greeting = process.env.GREETING ?? "Hello";

console.log(`${greeting}, ${name}!`);
setTimeout(() => console.log("This came a moment later."), 100);
