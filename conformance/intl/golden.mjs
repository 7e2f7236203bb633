// Writes what Node answers to the tables' questions. `./dev golden` runs it.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The newest Node with the locale data that both engines have, CLDR 47 in ICU 77.1. */
const NODE = "node@25.2.1";
const here = dirname(fileURLToPath(import.meta.url));

mkdirSync(join(here, "golden"), { recursive: true });
for (const table of ["numbers", "dates", "texts"]) {
  const output = execFileSync("npx", ["--yes", NODE, join(here, `${table}.mjs`)], {
    env: { ...process.env, TZ: "UTC", LANG: "en_US.UTF-8", LC_ALL: "en_US.UTF-8" },
    maxBuffer: 64 << 20,
    stdio: ["ignore", "pipe", "inherit"],
  });
  writeFileSync(join(here, "golden", `${table}.txt`), output);
}
