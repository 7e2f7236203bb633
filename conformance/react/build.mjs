// Bundles React's cases once for each version: conformance/target/react/react18.mjs and react19.mjs.
import { build } from "esbuild";
import { readdirSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtinsByDefaultImport, reactVersion } from "../../scripts/bundle.mjs";

const here = dirname(fileURLToPath(import.meta.url));
export const bundles = join(here, "../target/react");

/** The cases of one version: those for both, and those only it has. */
export function casesOf(major) {
  return ["both", String(major)].flatMap(casesIn);
}

function casesIn(folder) {
  try {
    return readdirSync(join(here, "cases", folder))
      .filter((file) => file.endsWith(".jsx"))
      .map((file) => ({ name: file.replace(".jsx", ""), path: `./cases/${folder}/${file}` }));
  } catch (missing) {
    if (missing.code === "ENOENT") {
      return [];
    }
    throw missing;
  }
}

/** One program: the case named by its first argument runs. */
function program(major) {
  const cases = casesOf(major);
  return [
    ...cases.map(({ path }, i) => `import case${i} from ${JSON.stringify(path)};`),
    `import process from "process";`,
    `const cases = { ${cases.map(({ name }, i) => `${JSON.stringify(name)}: case${i}`).join(", ")} };`,
    "await cases[process.argv[2]]();",
  ].join("\n");
}

/** The web build of react-dom/server has another name in each version. */
const webServer = (major) => ({
  name: "web-server",
  setup(bundle) {
    bundle.onResolve({ filter: /^react-dom\/server\.web$/ }, ({ kind, resolveDir }) =>
      bundle.resolve(`react-dom/server.${major === 18 ? "browser" : "edge"}`, { kind, resolveDir }),
    );
  },
});

const options = (major) => ({
  bundle: true,
  format: "esm",
  target: "es2023",
  platform: "node",
  jsx: "automatic",
  charset: "utf8",
  sourcemap: "linked",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [webServer(major), reactVersion(major), builtinsByDefaultImport],
  logLevel: "warning",
});

async function bundle(major) {
  await build({
    ...options(major),
    stdin: { contents: program(major), resolveDir: here, sourcefile: "cases.js", loader: "js" },
    outfile: join(bundles, `react${major}.mjs`),
  });
  await build({
    ...options(major),
    entryPoints: [join(here, "../src/test/programs/gated-page.jsx")],
    outfile: join(bundles, `gated-page${major}.mjs`),
  });
  writeFileSync(join(bundles, `react${major}.txt`), casesOf(major).map(({ name }) => `${name}\n`).join(""));
}

mkdirSync(bundles, { recursive: true });
await Promise.all([18, 19].map(bundle));
