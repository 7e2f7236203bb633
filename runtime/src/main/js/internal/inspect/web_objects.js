// How util.inspect shows the Web's objects: their class and attributes, which stand on the prototype.
import { codes } from "internal:node_errors";
import { CUSTOM } from "internal:inspect/options";
import { restOf } from "internal:pair_iterable";

const pairs = (value) => Object.fromEntries(value);
const attributes = (...names) => (value) => Object.fromEntries(names.map((name) => [name, value[name]]));

/** By Symbol.toStringTag. */
const VIEWS = {
  __proto__: null,
  AbortController: attributes("signal"),
  AbortSignal: attributes("aborted"),
  Blob: attributes("size", "type"),
  CompressionStream: attributes("readable", "writable"),
  DecompressionStream: attributes("readable", "writable"),
  File: attributes("size", "type", "name", "lastModified"),
  FormData: (value) => grouped(value),
  Headers: pairs,
  ReadableStream: (value) => streamState(value, { supportsBYOB: isByteStream(value) }),
  Request: attributes("method", "url", "headers", "redirect", "signal", "body", "bodyUsed"),
  Response: attributes("status", "statusText", "headers", "body", "bodyUsed", "ok", "redirected", "type", "url"),
  TextDecoder: attributes("encoding", "fatal", "ignoreBOM"),
  TextDecoderStream: attributes("encoding", "fatal", "ignoreBOM", "readable", "writable"),
  TextEncoder: attributes("encoding"),
  TextEncoderStream: attributes("encoding", "readable", "writable"),
  TransformStream: attributes("readable", "writable"),
  WritableStream: (value) => streamState(value, {}),
};

const URL_ATTRIBUTES = [
  "href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "searchParams", "hash",
];

/** { name, view } of an instance of the Web's own class, or of one that extends it; undefined for all others. */
export function webView(value) {
  const tag = value[Symbol.toStringTag];
  const view = typeof tag === "string" ? VIEWS[tag] : undefined;
  if (view === undefined || !isInstance(value, tag)) return undefined;
  return { name: value.constructor?.name ?? tag, view: view(value) };
}

function isInstance(value, tag) {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, tag);
  // While a global's accessor is there, nobody has made an instance of its class.
  const Class = descriptor?.value;
  return typeof Class === "function" && value !== Class.prototype && value instanceof Class;
}

function grouped(form) {
  const fields = {};
  for (const [name, value] of form) {
    if (!Object.hasOwn(fields, name)) fields[name] = value;
    else fields[name] = Array.isArray(fields[name]) ? [...fields[name], value] : [fields[name], value];
  }
  return fields;
}

// The names that the streams' package keeps its state under; internal:stream_internals checks them at the build.
function streamState(stream, more) {
  return { locked: stream.locked, state: stream._state, ...more };
}

function isByteStream(stream) {
  return stream._readableStreamController?.constructor === globalThis.ReadableByteStreamController;
}

function defineCustom(prototype, name, show) {
  const { [name]: value } = {
    [name](depth, options, inspect) {
      return show(this, depth, options ?? {}, inspect);
    },
  };
  Object.defineProperty(prototype, CUSTOM, { value, writable: true, enumerable: false, configurable: true });
  Object.defineProperty(value, "name", { value: "[nodejs.util.inspect.custom]" });
}

defineCustom(URL.prototype, "url", (url, depth, options, inspect) => {
  if (!(url instanceof URL)) throw new codes.ERR_INVALID_THIS("URL");
  if (typeof depth === "number" && depth < 0) return url;
  const shown = Object.fromEntries(URL_ATTRIBUTES.map((name) => [name, url[name]]));
  return `${url.constructor.name} ${inspect(shown, options)}`;
});

defineCustom(URLSearchParams.prototype, "params", (params, depth, options, inspect) => {
  // Its getter tells what is no URLSearchParams, with Node's code.
  Reflect.get(URLSearchParams.prototype, "size", params);
  if (typeof depth === "number" && depth < 0) return options.stylize("[Object]", "special");
  const inner = innerOptions(options);
  const shown = [...params].map(([name, value]) => `${inspect(name, inner)} => ${inspect(value, inner)}`);
  return `URLSearchParams ${braced(shown, options)}`;
});

const iteratorPrototype = Object.getPrototypeOf(new URLSearchParams().entries());

defineCustom(iteratorPrototype, "iterator", (iterator, depth, options, inspect) => {
  if (typeof depth === "number" && depth < 0) return options.stylize("[Object]", "special");
  const inner = innerOptions(options);
  const rest = restOf(iterator).map((item) => inspect(item, inner));
  return `URLSearchParams Iterator ${rest.length === 0 ? "{  }" : braced(rest, options)}`;
});

function innerOptions(options) {
  return typeof options.depth === "number" ? { ...options, depth: options.depth - 1 } : options;
}

function braced(entries, { breakLength = 80 }) {
  if (entries.length === 0) return "{}";
  const length = entries.reduce((sum, text) => sum + text.length + 2, -2);
  return length <= breakLength ? `{ ${entries.join(", ")} }` : `{\n  ${entries.join(",\n  ")} }`;
}
