// Writes the names that Node has. `./dev golden` runs it.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NODE = "node@25.2.1";
const here = dirname(fileURLToPath(import.meta.url));

const names = execFileSync("npx", ["--yes", NODE, "--no-warnings", join(here, "names.mjs")], { encoding: "utf8" });
writeFileSync(join(here, "node-names.mjs"), names);
