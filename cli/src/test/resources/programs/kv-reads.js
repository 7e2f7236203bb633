// Whether each value is whole.
import { env } from "cloudflare:workers";

const count = Number(await env.KV.get("count"));
const { keys } = await env.KV.list({ prefix: "large/" });
for (const { name } of keys) {
  const value = await env.KV.get(name);
  if (!/^\d+v{300000}$/.test(value) || parseInt(value) % 5 !== Number(name.slice(6))) throw new Error(`${name} is damaged`);
}
console.log(`${count} ${Math.max(...(await Promise.all(keys.map(async ({ name }) => parseInt(await env.KV.get(name))))))}`);
