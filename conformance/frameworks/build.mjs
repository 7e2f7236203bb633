// Bundles the apps: conformance/target/frameworks/NAME.mjs.
import { build } from "esbuild";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
export const bundles = join(here, "../target/frameworks");
export const apps = readdirSync(join(here, "apps")).map((file) => file.replace(".mjs", ""));

await build({
  entryPoints: apps.map((name) => join(here, "apps", `${name}.mjs`)),
  outdir: bundles,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  target: "es2023",
  platform: "neutral",
  mainFields: ["module", "main"],
  conditions: ["workerd", "edge-light"],
  charset: "utf8",
  sourcemap: "linked",
  legalComments: "none",
  logLevel: "warning",
});
