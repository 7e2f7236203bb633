// Bundles src/main/js into one ES module, internal:boot, and lists every built-in module's exports.
// Usage: node build.mjs OUT_DIR
import { build } from "esbuild";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const sources = join(here, "src/main/js");
const out = process.argv[2] ?? join(here, "target/classes/dev/runnel/runtime/js");

/** specifier without its scheme → file, for node:x, internal:x and std:x. */
const folders = { node: "node", internal: "internal", std: "std" };

const schemes = {
  name: "runnel-schemes",
  setup(bundle) {
    bundle.onResolve({ filter: /^host:/ }, ({ path }) => ({ path, external: true }));
    bundle.onResolve({ filter: /^(node|internal|std):/ }, ({ path }) => {
      const [scheme, name] = path.split(/:(.*)/s);
      return { path: join(sources, folders[scheme], `${name}.js`) };
    });
    bundle.onResolve({ filter: /^(process\/|string_decoder\/|abort-controller)$/ }, ({ path }) => ({
      path: join(sources, npmStandIns[path]),
    }));
    for (const { file } of npmPatches) {
      bundle.onLoad({ filter: file }, ({ path }) => ({ contents: patched(path), loader: "js" }));
    }
    bundle.onResolve({ filter: /^[a-z_]+(\/[a-z_]+)*$/ }, ({ path, importer }) =>
      builtins.has(path) && importer.includes("node_modules") && !npmWins.has(path)
        ? { path: join(sources, "node", `${path}.js`) }
        : undefined,
    );
  },
};

/** What npm packages import that stands for something we have. */
const npmStandIns = {
  "process/": "internal/stream_process.js",
  "string_decoder/": "node/string_decoder.js",
  "abort-controller": "internal/abort_controller.js",
};

/**
 * What differs in packages from what they stand for, file by file: the text as it is in the pinned version, and as
 * Node 20 (readable-stream) or the standard (web-streams-polyfill) has it.
 */
const npmPatches = [
  {
    // 'finish' comes a tick after the last write's callback, not inside the sink's own call.
    file: /readable-stream\/lib\/internal\/streams\/writable\.js$/,
    from: "    errorBuffer(state)\n  }\n  finishMaybe(stream, state)\n",
    to: "    errorBuffer(state)\n  }\n  finishMaybe(stream, state, true)\n",
  },
  {
    // pipeTo() writes in a microtask, not inside of the source's call of enqueue().
    file: /web-streams-polyfill\/dist\/ponyfill\.mjs$/,
    from: "_chunkSteps(t){this._state._currentWrite=f(Yt(this._state._writer,t),void 0,e),this._resolvePromise(!1)}",
    to: "_chunkSteps(t){y(()=>{this._state._currentWrite=f(Yt(this._state._writer,t),void 0,e),this._resolvePromise(!1)})}",
  },
];

function patched(path) {
  let text = readFileSync(path, "utf8");
  for (const { from, to } of npmPatches.filter(({ file }) => file.test(path))) {
    if (!text.includes(from)) throw new Error(`${path} is not the text that its patch was written for`);
    text = text.replace(from, to);
  }
  return text;
}

/** npm packages that our own node:* modules wrap: imported under their bare name they mean the package. */
const npmWins = new Set(["punycode"]);

function jsFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? jsFiles(path) : path.endsWith(".js") ? [path] : [];
  });
}

function nameOf(folder, file) {
  return relative(join(sources, folder), file).replace(/\.js$/, "");
}

const nodeFiles = jsFiles(join(sources, "node"));
const stdFiles = jsFiles(join(sources, "std"));
const builtins = new Set(nodeFiles.map((file) => nameOf("node", file)));

const common = {
  bundle: true,
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  conditions: ["import"],
  target: "es2023",
  define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
  plugins: [schemes],
  logLevel: "warning",
};

async function exportsOf(file) {
  const { metafile } = await build({ ...common, entryPoints: [file], write: false, metafile: true, outdir: out });
  return Object.values(metafile.outputs)[0].exports;
}

async function manifest() {
  const entries = [
    ...nodeFiles.map((file) => [nameOf("node", file), file]),
    ...stdFiles.map((file) => [`std:${nameOf("std", file)}`, file]),
  ];
  return Promise.all(entries.map(async ([name, file]) => `${name} ${(await exportsOf(file)).join(" ")}`));
}

/** A module that fills the registry: one line per built-in. */
function registrySource() {
  const files = [
    ...nodeFiles.map((file) => [nameOf("node", file), file]),
    ...stdFiles.map((file) => [`std:${nameOf("std", file)}`, file]),
  ];
  const imports = files.map(([, file], i) => `import * as m${i} from ${JSON.stringify(file)};`);
  const calls = files.map(([name], i) => `addBuiltin(${JSON.stringify(name)}, m${i});`);
  return [
    `import "${join(sources, "boot.js")}";`,
    ...imports,
    `import { addBuiltin, builtin } from "internal:builtins";`,
    `import { load as loadCommonJs } from "internal:cjs";`,
    ...calls,
    "export { builtin, loadCommonJs };",
  ].join("\n");
}

mkdirSync(out, { recursive: true });
await build({
  ...common,
  stdin: { contents: registrySource(), resolveDir: sources, sourcefile: "builtins.js", loader: "js" },
  outfile: join(out, "boot.mjs"),
  sourcemap: "linked",
  legalComments: "none",
});
writeFileSync(join(out, "builtins.txt"), (await manifest()).join("\n") + "\n");
