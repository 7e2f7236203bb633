// The names of env: variables, text, JSON and secrets. https://developers.cloudflare.com/workers/configuration/
import { env } from "cloudflare:workers";
import process from "node:process";

console.log(Object.keys(env).slice(0, 5).join());
console.log(env.GREETING, env.TEXT, env.SECRET);
console.log(JSON.stringify(env.JSON), env.JSON === env.JSON, Object.isFrozen(env.JSON));
console.log(process.env.GREETING, process.env.TEXT, process.env.SECRET, process.env.JSON);
console.log(Object.keys(process.env).includes("SECRET"), "SECRET" in globalThis);
env.TEXT = "changed";
console.log(env.TEXT, (await import("cloudflare:workers")).env.TEXT);
console.log({ ...env }.SECRET, env.MISSING);

try {
  await import("cloudflare:sockets");
} catch (error) {
  console.log(error.message);
}
