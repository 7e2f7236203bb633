// Bundles src/main/js: into internal:boot what every program has from its start, and into parts, internal:boot/x, what
// is loaded when a program first uses it. Lists every built-in module's exports.
// Usage: node build.mjs OUT_DIR
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const sources = join(here, "src/main/js");
const out = process.argv[2] ?? join(here, "target/classes/dev/runnel/runtime/js");

/** specifier without its scheme → file, for node:x, internal:x and std:x. */
const folders = { node: "node", internal: "internal", std: "std", cloudflare: "cloudflare" };

const schemes = {
  name: "runnel-schemes",
  setup(bundle) {
    bundle.onResolve({ filter: /^host:/ }, ({ path }) => ({ path, external: true }));
    bundle.onResolve({ filter: /^(node|internal|std|cloudflare):/ }, ({ path }) => {
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
    file: /readable-stream\/lib\/internal\/streams\/writable\.js$/,
    from: "(options && options.defaultEncoding) || 'utf8'\n",
    to: "(options && options.defaultEncoding) || 'utf8'\n  if (!Buffer.isEncoding(this.defaultEncoding)) throw new ERR_UNKNOWN_ENCODING(this.defaultEncoding)\n",
  },
  {
    // An object's encoding is what the program says it is, and nothing when it says nothing.
    file: /readable-stream\/lib\/internal\/streams\/writable\.js$/,
    from: "encoding = state.defaultEncoding\n  } else {\n    if (!encoding) encoding = state.defaultEncoding\n",
    to: "encoding = state.objectMode ? undefined : state.defaultEncoding\n  } else {\n    if (!encoding) encoding = state.objectMode ? encoding : state.defaultEncoding\n",
  },
  {
    file: /readable-stream\/lib\/internal\/streams\/writable\.js$/,
    from: "err !== undefined ? err : ERR_MULTIPLE_CALLBACK()",
    to: "err !== undefined ? err : new ERR_MULTIPLE_CALLBACK()",
  },
  {
    file: /readable-stream\/lib\/internal\/streams\/readable\.js$/,
    from: "(options && options.defaultEncoding) || 'utf8'\n",
    to: "(options && options.defaultEncoding) || 'utf8'\n  if (!Buffer.isEncoding(this.defaultEncoding)) throw new (require('../../ours/errors').codes.ERR_UNKNOWN_ENCODING)(this.defaultEncoding)\n",
  },
  {
    // pipeTo() writes in a microtask, not inside of the source's call of enqueue().
    file: /web-streams-polyfill\/dist\/ponyfill\.mjs$/,
    from: "_chunkSteps(t){this._state._currentWrite=f(Yt(this._state._writer,t),void 0,e),this._resolvePromise(!1)}",
    to: "_chunkSteps(t){y(()=>{this._state._currentWrite=f(Yt(this._state._writer,t),void 0,e),this._resolvePromise(!1)})}",
  },
  // Who waits for a stream's end without a reader or a writer: internal:stream_internals, whenClosed().
  {
    file: /web-streams-polyfill\/dist\/ponyfill\.mjs$/,
    from: 'function Yr(e){e._state="closed";',
    to: 'function Yr(e){e._state="closed";e._whenClosed?.resolve();',
  },
  {
    file: /web-streams-polyfill\/dist\/ponyfill\.mjs$/,
    from: 'e._state="errored",e._storedError=t;const r=e._reader',
    to: 'e._state="errored",e._storedError=t;e._whenClosed?.reject(t);const r=e._reader',
  },
  {
    file: /web-streams-polyfill\/dist\/ponyfill\.mjs$/,
    from: 'e._state="closed";const t=e._writer;',
    to: 'e._state="closed";e._whenClosed?.resolve();const t=e._writer;',
  },
  {
    file: /web-streams-polyfill\/dist\/ponyfill\.mjs$/,
    from: "function zt(e){",
    to: "function zt(e){e._whenClosed?.reject(e._storedError);",
  },
  // Node's codes, which programs look at.
  ...[
    ["TypeError", "view must have non-zero byteLength", "ERR_INVALID_STATE"],
    ["TypeError", "view's buffer must have non-zero byteLength", "ERR_INVALID_STATE"],
    ["TypeError", "The given view's buffer has been detached and so cannot be used as a response", "ERR_INVALID_STATE"],
    ["RangeError", "The region specified by view does not match byobRequest", "ERR_INVALID_ARG_VALUE"],
    ["RangeError", "The buffer of view has different capacity than byobRequest", "ERR_INVALID_ARG_VALUE"],
    ["RangeError", "The region specified by view is larger than byobRequest", "ERR_INVALID_ARG_VALUE"],
  ].map(([type, message, code]) => ({
    file: /web-streams-polyfill\/dist\/ponyfill\.mjs$/,
    from: `new ${type}(${JSON.stringify(message)})`,
    to: `Object.assign(new ${type}(${JSON.stringify(message)}),{code:${JSON.stringify(code)}})`,
  })),
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

const publicModules = [
  ...nodeFiles.map((file) => [nameOf("node", file), file]),
  ...stdFiles.map((file) => [`std:${nameOf("std", file)}`, file]),
  ...jsFiles(join(sources, "cloudflare")).map((file) => [`cloudflare:${nameOf("cloudflare", file)}`, file]),
];

/** What our own modules load on first use beside those: the name that internal:builtins knows it by. */
const privateModules = [
  ["internal:serializer", join(sources, "internal/serializer.js")],
  ["internal:service", join(sources, "internal/service.js")],
  ["internal:stdio", join(sources, "internal/stdio.js")],
  ["internal:cloner", join(sources, "internal/cloner.js")],
  ["internal:console_table", join(sources, "internal/console_table.js")],
  ["internal:intl", join(sources, "internal/intl.js")],
  ["internal:inspect", join(sources, "internal/inspect.js")],
  ["internal:kv", join(sources, "internal/kv.js")],
  ["internal:multipart", join(sources, "internal/multipart.js")],
  ["internal:pass_through", join(sources, "internal/pass_through.js")],
  ["internal:scheduled", join(sources, "internal/scheduled.js")],
  ["internal:scheme_fetch", join(sources, "internal/scheme_fetch.js")],
  ["internal:threads/ports", join(sources, "internal/threads/ports.js")],
  ["internal:subtle/operations", join(sources, "internal/subtle/operations.js")],
  ["internal:web/broadcast_channel", join(sources, "web/broadcast_channel.js")],
  ["internal:web/digest_stream", join(sources, "web/digest_stream.js")],
  ["internal:web/event_source", join(sources, "web/event_source.js")],
  ["internal:web/html_rewriter", join(sources, "web/html_rewriter.js")],
  ["internal:web/cache", join(sources, "web/cache.js")],
  ["internal:web/message_channel", join(sources, "web/message_channel.js")],
  ["internal:web/performance", join(sources, "web/performance.js")],
  ["internal:web/websocket", join(sources, "web/websocket.js")],
  ["internal:web/url_pattern", join(sources, "web/url_pattern.js")],
  ["internal:web/web_assembly", join(sources, "web/web_assembly.js")],
];

async function manifest() {
  return Promise.all(publicModules.map(async ([name, file]) => `${name} ${(await exportsOf(file)).join(" ")}`));
}

/** The boot module's text: all that is there from the start, and what the parts need of that. */
function bootSource(shared) {
  const exports = [...shared].map(([alias, { name, file }]) => `export { ${name} as ${alias} } from ${JSON.stringify(file)};`);
  return [
    `import "${join(sources, "boot.js")}";`,
    `import { builtin, nameBuiltins } from "internal:builtins";`,
    `import { load as loadCommonJs } from "internal:cjs";`,
    `nameBuiltins(${JSON.stringify(publicModules.map(([name]) => name).join(" "))});`,
    "export { builtin, loadCommonJs };",
    ...exports,
  ].join("\n");
}

const BOOT = "internal:boot";

function buildBoot(shared, options) {
  return build({
    ...common,
    stdin: { contents: bootSource(shared), resolveDir: sources, sourcefile: "builtins.js", loader: "js" },
    outfile: join(out, "boot.mjs"),
    sourcemap: "linked",
    legalComments: "none",
    ...options,
  });
}

/** The files that internal:boot contains. */
async function bootFiles() {
  const { metafile } = await buildBoot(new Map(), { write: false, metafile: true });
  return new Set(Object.keys(metafile.inputs).map((path) => resolve(path)));
}

function aliasOf(file, name) {
  return `${relative(here, file).replace(/\W+/g, "_")}$${name}`;
}

/** In a part, a file that internal:boot contains is what internal:boot exports of it. */
function fromBoot(files, shared) {
  const asked = Symbol("asked");
  return {
    name: "runnel-from-boot",
    setup(bundle) {
      bundle.onResolve({ filter: /^internal:boot$/ }, ({ path }) => ({ path, external: true }));
      bundle.onResolve({ filter: /./ }, async ({ path, kind, pluginData, ...rest }) => {
        if (pluginData === asked || kind === "entry-point") return undefined;
        const found = await bundle.resolve(path, { ...rest, kind, pluginData: asked });
        return files.has(found.path) && !found.external ? { path: found.path, namespace: "boot" } : found;
      });
      bundle.onLoad({ filter: /./, namespace: "boot" }, async ({ path: file }) => {
        const names = await exportsOf(file);
        for (const name of names) shared.set(aliasOf(file, name), { name, file });
        const exports = names.map((name) => `export { ${aliasOf(file, name)} as ${name} } from "${BOOT}";`);
        // Without any export the bundler would take it for CommonJS, whose missing exports are undefined at run time.
        const contents = [...exports, "export {};"].join("\n");
        return { contents, loader: "js", resolveDir: dirname(file) };
      });
    },
  };
}

/** internal:boot/NAME for every module that programs can load, and chunks of what several of them share. */
async function buildParts(files, shared) {
  const entryPoints = [...publicModules, ...privateModules].map(([name, file]) => ({ in: file, out: partOf(name) }));
  const { outputFiles } = await build({
    ...common,
    entryPoints,
    plugins: [fromBoot(files, shared), schemes],
    splitting: true,
    outdir: join(out, "boot"),
    outExtension: { ".js": ".mjs" },
    chunkNames: "chunk-[hash]",
    legalComments: "none",
    write: false,
  });
  const text = outputFiles.map((file) => file.text).join("\n");
  for (const alias of shared.keys()) {
    if (!text.includes(alias)) shared.delete(alias);
  }
  return outputFiles;
}

/** As internal/builtins.js computes it. */
function partOf(name) {
  return name.replace(/[:/]/g, ".");
}

function clear(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

const shared = new Map();
const parts = await buildParts(await bootFiles(), shared);
clear(join(out, "boot"));
for (const { path, text } of parts) writeFileSync(path, text);
await buildBoot(shared, {});
writeFileSync(join(out, "builtins.txt"), (await manifest()).join("\n") + "\n");

const digest = createHash("sha256").update(readFileSync(join(out, "boot.mjs")));
for (const { text } of parts) digest.update(text);
writeFileSync(join(out, "parts.txt"), [digest.digest("hex"), ...parts.map(({ path }) => basename(path, ".mjs"))].join("\n") + "\n");
