// Writes as long as it lives, and says what has been acknowledged.
import { env } from "cloudflare:workers";

const large = "v".repeat(300_000);
for (let n = Number(await env.KV.get("count")) + 1; ; n++) {
  await env.KV.put("count", String(n));
  await env.KV.put(`large/${n % 5}`, n + large);
  console.log(`acknowledged ${n}`);
}
