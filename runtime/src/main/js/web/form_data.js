// FormData - https://xhr.spec.whatwg.org/#interface-formdata
import { defineInterfaces } from "internal:define";
import { definePairIterable } from "internal:pair_iterable";
import { requireArguments, toUSVString } from "internal:webidl";
import { Blob, File, fileOf } from "./blob.js";

/** For multipart bodies, read and written: the live list of [name, string | File]. */
export let pairsOf;

export class FormData {
  #pairs = [];

  static {
    pairsOf = (form) => form.#pairs;
  }

  constructor(form = undefined) {
    if (form !== undefined) {
      throw new TypeError("FormData constructor: there are no form elements here; the argument must be undefined.");
    }
  }

  append(name, value, filename = undefined) {
    requireArguments(arguments.length, 2, "FormData.append");
    this.#pairs.push(toPair(arguments, "FormData.append"));
  }

  delete(name) {
    requireArguments(arguments.length, 1, "FormData.delete");
    const wanted = toUSVString(name);
    this.#pairs = this.#pairs.filter(([key]) => key !== wanted);
  }

  get(name) {
    requireArguments(arguments.length, 1, "FormData.get");
    const wanted = toUSVString(name);
    return this.#pairs.find(([key]) => key === wanted)?.[1] ?? null;
  }

  getAll(name) {
    requireArguments(arguments.length, 1, "FormData.getAll");
    const wanted = toUSVString(name);
    return this.#pairs.filter(([key]) => key === wanted).map(([, value]) => value);
  }

  has(name) {
    requireArguments(arguments.length, 1, "FormData.has");
    const wanted = toUSVString(name);
    return this.#pairs.some(([key]) => key === wanted);
  }

  set(name, value, filename = undefined) {
    requireArguments(arguments.length, 2, "FormData.set");
    const pair = toPair(arguments, "FormData.set");
    const first = this.#pairs.findIndex(([key]) => key === pair[0]);
    if (first < 0) {
      this.#pairs.push(pair);
    } else {
      this.#pairs = this.#pairs.filter(([key], i) => i <= first || key !== pair[0]);
      this.#pairs[first] = pair;
    }
  }
}

/** https://html.spec.whatwg.org/#create-an-entry */
function toPair({ 0: name, 1: value, 2: filename, length }, where) {
  const key = toUSVString(name);
  const hasFilename = length > 2 && filename !== undefined;
  if (!(value instanceof Blob)) {
    if (hasFilename) {
      throw new TypeError(`${where}: a value with a file name must be a Blob.`);
    }
    return [key, toUSVString(value)];
  }
  if (hasFilename) {
    return [key, fileOf(value, toUSVString(filename), value instanceof File ? value.lastModified : undefined)];
  }
  return [key, value instanceof File ? value : fileOf(value, "blob")];
}

defineInterfaces({ FormData });
definePairIterable(FormData, "FormData", (form) => pairsOf(form));
