// WebAssembly: the engine's own, with what the Web adds - https://webassembly.github.io/spec/web-api/
import { webAssembly } from "host:isolate";
import { platformPrototypes } from "internal:define";
import { requireArguments } from "internal:webidl";
import { Response, responseState } from "./response.js";

export const WebAssembly = webAssembly();

const { compile, instantiate } = WebAssembly;
const interfaces = ["Module", "Instance", "Memory", "Table", "Global", "Tag", "Exception"];
for (const name of interfaces) platformPrototypes.add(WebAssembly[name].prototype);
const arrayBuffer = Response.prototype.arrayBuffer;

// The whole body is read first: the engines compile a module in one piece.
WebAssembly.compileStreaming = {
  async compileStreaming(source) {
    requireArguments(arguments.length, 1, "WebAssembly.compileStreaming");
    return compile(await bytesOf(source, "WebAssembly.compileStreaming"));
  },
}.compileStreaming;

WebAssembly.instantiateStreaming = {
  async instantiateStreaming(source, importObject = undefined) {
    requireArguments(arguments.length, 1, "WebAssembly.instantiateStreaming");
    if (importObject !== undefined && (typeof importObject !== "object" || importObject === null) && typeof importObject !== "function") {
      throw new TypeError("WebAssembly.instantiateStreaming: the imports are no object.");
    }
    return instantiate(await bytesOf(source, "WebAssembly.instantiateStreaming"), importObject);
  },
}.instantiateStreaming;

/** The bytes of a response that may be compiled. */
async function bytesOf(source, where) {
  const response = await source;
  if (!(response instanceof Response)) {
    throw new TypeError(`${where}: the source is neither a Response nor a promise of one.`);
  }
  const { type, status, headers } = responseState(response);
  const mimeType = headers.get("content-type");
  if (type === "error" || status < 200 || status > 299) {
    throw new TypeError(`${where}: the response's status is ${status}.`);
  }
  // Web IDL's own type, without parameters: what a MIME parser would forgive is refused.
  if (mimeType === null || mimeType.replace(/^[\t ]+|[\t ]+$/g, "").toLowerCase() !== "application/wasm") {
    throw new TypeError(`${where}: the response's MIME type is ${mimeType}, not application/wasm.`);
  }
  return arrayBuffer.call(response);
}
