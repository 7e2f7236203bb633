// esbuild plugins that the examples and the conformance programs share.
import { build } from "esbuild";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * CommonJS packages that call require("stream") become modules that `import x from "stream"`, which
 * is what bundles made for wasmedge-quickjs do.
 */
export const builtinsByDefaultImport = {
  name: "builtins-by-default-import",
  setup(bundle) {
    const bare = new RegExp(`^(node:)?(${builtinModules.filter((name) => !name.startsWith("_")).join("|")})$`);
    bundle.onResolve({ filter: bare }, ({ path, kind }) =>
      kind === "require-call" ? { path, namespace: "builtin-required" } : { path, external: true },
    );
    bundle.onResolve({ filter: /^import:/ }, ({ path }) => ({
      path: path.replace("import:", ""),
      namespace: "builtin-imported",
    }));
    bundle.onLoad({ filter: /.*/, namespace: "builtin-required" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(`import:${path}`)}).default;`,
    }));
    bundle.onLoad({ filter: /.*/, namespace: "builtin-imported" }, ({ path }) => ({
      contents: `export { default } from ${JSON.stringify(path)};`,
    }));
  },
};

/** Resolves react and react-dom to one of the versions that package.json lists side by side. */
export function reactVersion(major) {
  return {
    name: `react-${major}`,
    setup(bundle) {
      if (major === 19) {
        return;
      }
      bundle.onResolve({ filter: /^react(-dom)?($|\/)/ }, ({ path, kind }) =>
        bundle.resolve(path.replace(/^react(-dom)?/, (name) => name + major), { resolveDir: root, kind }),
      );
    },
  };
}

/** `import text from "./client.jsx?bundle"` is the text of that file's bundle for browsers. */
export const bundledClients = {
  name: "bundled-clients",
  setup(bundle) {
    bundle.onResolve({ filter: /\?bundle$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?bundle$/, "")),
      namespace: "client-bundle",
    }));
    bundle.onLoad({ filter: /.*/, namespace: "client-bundle" }, async ({ path }) => ({
      contents: await clientBundle(path),
      loader: "text",
      watchFiles: [path],
    }));
  },
};

async function clientBundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
  return outputFiles[0].text;
}
