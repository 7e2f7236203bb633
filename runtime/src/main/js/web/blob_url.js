// Blob URLs - https://w3c.github.io/FileAPI/#blob-url
import { requireArguments, toUSVString } from "internal:webidl";
import { Blob } from "./blob.js";
import { URL } from "./url.js";
import * as crypto from "host:crypto";

const blobs = new Map();

const operations = {
  createObjectURL(object) {
    requireArguments(arguments.length, 1, "URL.createObjectURL");
    if (!(object instanceof Blob)) {
      throw new TypeError("URL.createObjectURL: the argument is not a Blob.");
    }
    const url = `blob:${globalThis.location?.origin ?? "null"}/${crypto.randomUUID()}`;
    blobs.set(url, object);
    return url;
  },
  revokeObjectURL(url) {
    requireArguments(arguments.length, 1, "URL.revokeObjectURL");
    blobs.delete(toUSVString(url));
  },
};

export function blobOfUrl(url) {
  return blobs.get(withoutHash(url));
}

function withoutHash(url) {
  const hash = url.indexOf("#");
  return hash < 0 ? url : url.slice(0, hash);
}

for (const [name, value] of Object.entries(operations)) {
  Object.defineProperty(URL, name, { value, writable: true, enumerable: true, configurable: true });
}
