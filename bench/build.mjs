// Bundles the benchmark's page: one classic script, the same for every engine; the same page as a program of Runnel's;
// and the servers of `./dev bench ssr`.
import { build } from "esbuild";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtinsByDefaultImport } from "../scripts/bundle.mjs";

const here = dirname(fileURLToPath(import.meta.url));

function bundle(entry, outfile, options) {
  return build({
    entryPoints: [join(here, "src/main/js", entry)],
    outfile: join(here, outfile),
    bundle: true,
    target: "es2023",
    jsx: "automatic",
    charset: "utf8",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
    ...options,
  });
}

await bundle("page.jsx", "target/classes/dev/runnel/bench/page.js", { format: "iife" });
await bundle("worker.js", "target/worker/main.mjs", { format: "esm" });
await bundle("ssr/graaljs.jsx", "target/ssr/graaljs.js", { format: "iife" });
const server = { format: "esm", platform: "node", plugins: [builtinsByDefaultImport] };
await bundle("ssr/node.jsx", "target/ssr/node.mjs", server);
await bundle("ssr/node.jsx", "target/ssr/direct.mjs", { ...server, conditions: ["bun"] });
