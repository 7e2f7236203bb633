// KV namespaces - https://developers.cloudflare.com/kv/api/
import { defineHiddenInterface, illegalConstructor } from "internal:define";
import { ask } from "internal:outgoing";
import { bytesOf, isBufferSource, isObject, requireArguments, toDictionary, toUSVString } from "internal:webidl";
import { ReadableStream } from "../web/streams.js";
import * as encoding from "host:encoding";

const secret = Symbol("KvNamespace");
const TYPES = ["text", "json", "arrayBuffer", "stream"];
const BULK_TYPES = ["text", "json"];
const SHORTEST_CACHE_SECONDS = 30;
const NOT_FOUND = 404;

class KvNamespace {
  #name;

  constructor() {
    if (arguments[0] !== secret) {
      throw illegalConstructor();
    }
    this.#name = arguments[1];
  }

  async get(key, options = undefined) {
    const name = this.#name;
    requireArguments(arguments.length, 1, "KvNamespace.get");
    if (Array.isArray(key)) {
      return readMany(name, key, options, (value) => value);
    }
    return (await read(name, key, options)).value;
  }

  /** { value, metadata, cacheStatus }, each null when there is none. */
  async getWithMetadata(key, options = undefined) {
    const name = this.#name;
    requireArguments(arguments.length, 1, "KvNamespace.getWithMetadata");
    if (Array.isArray(key)) {
      return readMany(name, key, options, (value, metadata) => ({ value, metadata }));
    }
    return read(name, key, options);
  }

  async put(key, value, options = undefined) {
    const name = this.#name;
    requireArguments(arguments.length, 2, "KvNamespace.put");
    const { expiration, expirationTtl, metadata } = toDictionary(options, "KvNamespace.put");
    const details = {
      key: toUSVString(key),
      expiration: toInteger(expiration, "PUT", "expiration"),
      expirationTtl: toInteger(expirationTtl, "PUT", "expiration_ttl"),
      metadata: metadata === undefined || metadata === null ? undefined : JSON.stringify(metadata),
    };
    const { source } = await operate("PUT", { binding: name, operation: "put", details, body: toContent(value) });
    source.discard();
  }

  async delete(key) {
    const name = this.#name;
    requireArguments(arguments.length, 1, "KvNamespace.delete");
    const details = { key: toUSVString(key) };
    const { source } = await operate("DELETE", { binding: name, operation: "delete", details });
    source.discard();
  }

  /** { keys: [{ name, expiration?, metadata? }], list_complete, cursor?, cacheStatus } */
  async list(options = undefined) {
    const name = this.#name;
    const { prefix, limit, cursor } = toDictionary(options, "KvNamespace.list");
    const details = {
      prefix: prefix === undefined || prefix === null ? undefined : toUSVString(prefix),
      limit: toInteger(limit, "GET", "key_count_limit"),
      cursor: cursor === undefined || cursor === null ? undefined : toUSVString(cursor),
    };
    const page = JSON.parse(await text(await operate("GET", { binding: name, operation: "list", details })));
    for (const key of page.keys) {
      if (key.metadata !== undefined) key.metadata = JSON.parse(key.metadata);
    }
    const isComplete = page.cursor === undefined;
    return { keys: page.keys, list_complete: isComplete, ...(isComplete ? {} : { cursor: page.cursor }), cacheStatus: null };
  }
}

function toInteger(value, verb, parameter) {
  if (value === undefined || value === null) {
    return undefined;
  }
  const number = Math.trunc(Number(value));
  if (!Number.isSafeInteger(number)) {
    throw failure(verb, 400, `Invalid ${parameter} of ${value}. Please specify integer greater than 0.`);
  }
  return number;
}

/** The options of get: a type, or an object with type and cacheTtl. Nothing is cached, so cacheTtl is only checked. */
function toType(options, allowed) {
  const { type = "text", cacheTtl } = isObject(options) ? options : { type: options ?? undefined };
  if (!allowed.includes(type)) {
    const names = allowed === TYPES ? `"text", "arrayBuffer", "json", and "stream"` : `"text" and "json"`;
    throw new TypeError(`Unknown response type. Possible types are ${names}.`);
  }
  if (cacheTtl !== undefined && cacheTtl !== null && !(Number(cacheTtl) >= SHORTEST_CACHE_SECONDS)) {
    const least = `Cache TTL must be at least ${SHORTEST_CACHE_SECONDS}.`;
    throw failure("GET", 400, `Invalid cache_ttl of ${cacheTtl}. ${least}`);
  }
  return type;
}

function toContent(value) {
  if (typeof value === "string") {
    return encoding.encode(value.toWellFormed());
  }
  if (isBufferSource(value)) {
    return bytesOf(value);
  }
  if (value instanceof ReadableStream) {
    return value;
  }
  throw new TypeError("KV put() accepts only strings, ArrayBuffers, ArrayBufferViews, and ReadableStreams as values.");
}

function failure(verb, status, reason) {
  return new Error(`KV ${verb} failed: ${status} ${reason}`);
}

/** { status, headers, source } of an operation that didn't fail. */
function operate(verb, question) {
  return new Promise((resolve, reject) =>
    ask(question, {
      started() {},
      head(status, reason, flat, source) {
        if (status < 400 || status === NOT_FOUND) {
          resolve({ status, headers: flat, source });
        } else {
          source.discard();
          reject(failure(verb, status, reason));
        }
      },
      failed: reject,
    }),
  );
}

function bytes({ source }) {
  return new Promise((resolve, reject) => source.collect(resolve, reject));
}

async function text(found) {
  return encoding.decode("utf-8", await bytes(found), 0);
}

async function read(name, key, options) {
  const type = toType(options, TYPES);
  const found = await operate("GET", { binding: name, operation: "get", details: { key: toUSVString(key) } });
  if (found.status === NOT_FOUND) {
    found.source.discard();
    return { value: null, metadata: null, cacheStatus: null };
  }
  const at = found.headers.indexOf("metadata");
  const metadata = at < 0 ? null : JSON.parse(found.headers[at + 1]);
  return { value: await valueOf(found, type), metadata, cacheStatus: null };
}

async function valueOf(found, type) {
  switch (type) {
    case "text":
      return text(found);
    case "json":
      return JSON.parse(await text(found));
    case "arrayBuffer": {
      const all = await bytes(found);
      return all.byteLength === all.buffer.byteLength ? all.buffer : all.slice().buffer;
    }
    default:
      return found.source.open();
  }
}

/** A Map of what was asked for, null for what isn't there. */
async function readMany(name, keys, options, entry) {
  const type = toType(options, BULK_TYPES);
  const names = keys.map(toUSVString);
  const found = JSON.parse(await text(await operate("GET_BULK", { binding: name, operation: "bulk", details: { keys: names } })));
  const entries = names.map((key) => {
    if (!Object.hasOwn(found, key)) {
      return [key, entry(null, null)];
    }
    const { value, metadata } = found[key];
    return [key, entry(type === "json" ? JSON.parse(value) : value, metadata === undefined ? null : JSON.parse(metadata))];
  });
  return new Map(entries);
}

export function namespaceNamed(name) {
  return new KvNamespace(secret, name);
}

defineHiddenInterface("KvNamespace", KvNamespace);
