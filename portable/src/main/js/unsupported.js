// What is Java's alone: each function fails and says which part of the Web or of Node isn't there.
import declared from "generated:hosts";
import { namesIn } from "./name_list.js";

const APIS = {
  bindings: "bindings",
  broadcast: "BroadcastChannel",
  cipher: "ciphers in node:crypto (createCipheriv, createDecipheriv)",
  compression: "compression (CompressionStream, node:zlib)",
  fetch: "fetch() over the network",
  hash: "hashing in node:crypto (createHash, createHmac)",
  html_rewriter: "HTMLRewriter",
  intl: "Intl and what depends on a locale (toLocaleString, localeCompare)",
  multipart: "multipart form data",
  net: "node:net",
  schedule: "scheduled events",
  socket: "WebSocket",
  subtle: "crypto.subtle, and keys in node:crypto,",
  threads: "node:worker_threads",
  watch: "fs.watch()",
};

/** How people call what a host module or a part of the runtime is for. */
export const apiNamed = (name) => APIS[name.split(".")[0]] ?? name;

export function notSupported(api) {
  const error = new Error(`${api} is not supported in a portable WebAssembly file: it needs Runnel itself.`);
  error.code = "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM";
  return error;
}

/** The functions of a host module, those given and one that fails for each of the others. */
export function completed(name, given = {}) {
  const functions = { ...given };
  for (const member of namesIn(declared, name)) {
    functions[member] ??= () => {
      throw notSupported(APIS[name] ?? `${name}.${member}`);
    };
  }
  return functions;
}
