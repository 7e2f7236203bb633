// Writes the goldens of React's cases: what the same bundles print on Node. `./dev golden` runs it.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundles, casesOf } from "./build.mjs";

const here = dirname(fileURLToPath(import.meta.url));

for (const major of [18, 19]) {
  const folder = join(here, "golden", String(major));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name } of casesOf(major)) {
    const output = execFileSync(process.execPath, [join(bundles, `react${major}.mjs`), name], { encoding: "utf8" });
    writeFileSync(join(folder, `${name}.out`), output);
  }
}
