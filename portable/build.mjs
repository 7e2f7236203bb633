// Bundles src/main/js, what stands in for Java where there is none, into OUT_DIR/portable.js, and makes the runtime's
// modules small, into OUT_DIR/runtime: each name of a variable is text in the heap, and so in every portable file.
// Usage: node build.mjs OUT_DIR
import { build } from "esbuild";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { minify } from "terser";

const here = dirname(fileURLToPath(import.meta.url));
const runtime = join(here, "../runtime");
const hosts = join(runtime, "src/main/js/host");
const bundled = join(runtime, "target/classes/dev/runnel/runtime/js");
const out = process.argv[2] ?? join(here, "target/js");

/** A line for each host module: its name and those of its functions, as the runtime's declarations have them. */
function declared() {
  return readdirSync(hosts).map((file) => {
    const text = readFileSync(join(hosts, file), "utf8");
    const functions = [...text.matchAll(/export function (\w+)/g)].map(([, name]) => name);
    return [file.replace(/\.d\.ts$/, ""), ...functions].join(" ");
  });
}

/** A line for each module that programs can import: its name and those of its exports. */
function builtins() {
  return readFileSync(join(bundled, "builtins.txt"), "utf8").trim().split("\n");
}

/** Texts, since as objects all these names would be in the heap of every file. */
const generated = {
  name: "runnel-generated",
  setup(bundle) {
    bundle.onResolve({ filter: /^generated:/ }, ({ path }) => ({ path, namespace: "generated" }));
    bundle.onLoad({ filter: /./, namespace: "generated" }, ({ path }) => ({
      contents: (path === "generated:hosts" ? declared() : builtins()).map((line) => `\n${line} `).join("") + "\n",
      loader: "text",
    }));
  },
};

await build({
  entryPoints: [join(here, "src/main/js/portable.js")],
  outfile: join(out, "portable.js"),
  bundle: true,
  format: "iife",
  platform: "neutral",
  target: "es2023",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
  plugins: [generated],
});

/** Programs see what functions and classes are called, and a module's own names are what others import. */
const SMALL = {
  module: true,
  toplevel: false,
  keep_fnames: true,
  keep_classnames: true,
  compress: { ecma: 2020, toplevel: false, passes: 2 },
  mangle: { toplevel: false },
  format: { comments: false },
};

async function small(name) {
  const { code } = await minify(readFileSync(join(bundled, name), "utf8"), SMALL);
  writeFileSync(join(out, "runtime", name), code);
}

rmSync(join(out, "runtime"), { recursive: true, force: true });
mkdirSync(join(out, "runtime/boot"), { recursive: true });
const parts = readFileSync(join(bundled, "parts.txt"), "utf8").trim().split("\n").slice(1);
await Promise.all(["boot.mjs", ...parts.map((part) => `boot/${part}.mjs`)].map(small));

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
