// Bundles src/main/js, what stands in for Java where there is none, into OUT_DIR/portable.js.
// Usage: node build.mjs OUT_DIR
import { build } from "esbuild";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const runtime = join(here, "../runtime");
const hosts = join(runtime, "src/main/js/host");

/** { module: [names of its functions] }, as the runtime's declarations have them. */
function declared() {
  const modules = {};
  for (const file of readdirSync(hosts)) {
    const text = readFileSync(join(hosts, file), "utf8");
    modules[file.replace(/\.d\.ts$/, "")] = [...text.matchAll(/export function (\w+)/g)].map(([, name]) => name);
  }
  return modules;
}

/** What programs can import: { name: [exports] }. */
function builtins(folder) {
  const lines = readFileSync(join(folder, "builtins.txt"), "utf8").trim().split("\n");
  return Object.fromEntries(lines.map((line) => line.split(" ")).map(([name, ...exports]) => [name, exports]));
}

const generated = {
  name: "runnel-generated",
  setup(bundle) {
    bundle.onResolve({ filter: /^generated:/ }, ({ path }) => ({ path, namespace: "generated" }));
    bundle.onLoad({ filter: /./, namespace: "generated" }, ({ path }) => ({
      contents: JSON.stringify(
        path === "generated:hosts" ? declared() : builtins(join(runtime, "target/classes/dev/runnel/runtime/js")),
      ),
      loader: "json",
    }));
  },
};

await build({
  entryPoints: [join(here, "src/main/js/portable.js")],
  outfile: join(process.argv[2] ?? join(here, "target/js"), "portable.js"),
  bundle: true,
  format: "iife",
  platform: "neutral",
  target: "es2023",
  legalComments: "none",
  logLevel: "warning",
  plugins: [generated],
});

// The page that the tests and the bench pack.
await build({
  entryPoints: [join(here, "src/test/programs/react.jsx")],
  outfile: join(here, "target/programs/react.mjs"),
  bundle: true,
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  conditions: ["workerd", "worker"],
  jsx: "automatic",
  minify: true,
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
