// Bundles the benchmark's page into one classic script, the same for every engine.
import { build } from "esbuild";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

await build({
  entryPoints: [join(here, "src/main/js/page.jsx")],
  outfile: join(here, "target/classes/dev/runnel/bench/page.js"),
  bundle: true,
  format: "iife",
  target: "es2023",
  jsx: "automatic",
  charset: "utf8",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
