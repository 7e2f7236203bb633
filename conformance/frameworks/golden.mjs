// Writes what the apps answer on Node. `./dev golden` runs it.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { apps, bundles } from "./build.mjs";

const here = dirname(fileURLToPath(import.meta.url));

mkdirSync(join(here, "golden"), { recursive: true });
for (const app of apps) {
  const server = spawn(process.execPath, [join(here, "node-server.mjs"), join(bundles, `${app}.mjs`)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [port] = await once(server.stdout, "data");
    const url = `http://127.0.0.1:${String(port).trim()}`;
    writeFileSync(join(here, "golden", `${app}.txt`), execFileSync(process.execPath, [join(here, "client.mjs"), url]));
  } finally {
    server.kill();
    await once(server, "exit");
  }
}
