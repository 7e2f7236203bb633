// Builds the examples: examples/NAME/src → examples/NAME/dist. Usage: node examples/build.mjs [NAME…]
import { build } from "esbuild";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundledClients, builtinsByDefaultImport, reactVersion } from "../scripts/bundle.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** Server bundles keep their line breaks: stack traces point at lines, through the source map too. */
const server = {
  bundle: true,
  format: "esm",
  target: "es2023",
  jsx: "automatic",
  charset: "utf8",
  sourcemap: "linked",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
};
const node = { ...server, platform: "node" };
const worker = { ...server, platform: "neutral", mainFields: ["module", "main"], conditions: ["workerd", "edge-light"] };

const programs = [
  { entry: "hello/src/main.js", out: "hello/dist/main.js", ...node, external: ["std"] },
  {
    entry: "react-ssr-stream/src/main.jsx",
    out: "react-ssr-stream/dist/main.js",
    ...node,
    plugins: [builtinsByDefaultImport],
  },
  {
    entry: "react-ssr-stream/src/main.jsx",
    out: "react-ssr-stream/dist/react18.js",
    ...node,
    plugins: [reactVersion(18), builtinsByDefaultImport],
  },
  { entry: "react-worker/src/main.jsx", out: "react-worker/dist/main.js", ...worker },
  { entry: "react-hydrate/src/main.jsx", out: "react-hydrate/dist/main.js", ...worker, plugins: [bundledClients] },
];

const wanted = process.argv.slice(2);
const chosen = programs.filter(({ out }) => wanted.length === 0 || wanted.includes(out.split("/")[0]));
const unknown = wanted.filter((name) => !programs.some(({ out }) => out.startsWith(`${name}/`)));
if (unknown.length > 0) {
  console.error(`There is no example called ${unknown.join(", ")}.`);
  process.exit(1);
}
await Promise.all(
  chosen.map(({ entry, out, ...options }) =>
    build({ ...options, entryPoints: [join(here, entry)], outfile: join(here, out) }),
  ),
);
