// util.MIMEType - https://mimesniff.spec.whatwg.org/#parsing-a-mime-type
import { nodeError } from "internal:node_errors";

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const QUOTED_TEXT = /^[\t\u0020-\u007E\u0080-\u00FF]*$/;

function invalid(part, text, position = -1) {
  const where = position === -1 ? "" : ` at ${position}`;
  return nodeError("ERR_INVALID_MIME_SYNTAX", `The MIME syntax for a ${part} in "${text}" is invalid${where}`, TypeError);
}

function asciiLower(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function quoted(value) {
  if (value.length > 0 && TOKEN.test(value)) return value;
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}

export class MIMEParams {
  #params = new Map();

  get(name) {
    return this.#params.get(`${name}`) ?? null;
  }

  has(name) {
    return this.#params.has(`${name}`);
  }

  set(name, value) {
    const [key, text] = [`${name}`, `${value}`];
    if (!TOKEN.test(key)) throw invalid("parameter name", key);
    if (!QUOTED_TEXT.test(text)) throw invalid("parameter value", text);
    this.#params.set(key, text);
  }

  delete(name) {
    this.#params.delete(`${name}`);
  }

  *entries() {
    yield* this.#params.entries();
  }

  *keys() {
    yield* this.#params.keys();
  }

  *values() {
    yield* this.#params.values();
  }

  [Symbol.iterator]() {
    return this.entries();
  }

  toString() {
    return [...this.#params].map(([name, value]) => `${name}=${quoted(value)}`).join(";");
  }

  toJSON() {
    return this.toString();
  }
}

export class MIMEType {
  #type;
  #subtype;
  #params;

  constructor(input) {
    const text = `${input}`;
    const slash = text.indexOf("/");
    const type = (slash < 0 ? text : text.slice(0, slash)).trimStart();
    if (slash < 0 || !TOKEN.test(type)) throw invalid("type", text, type === "" ? -1 : firstBad(type));
    const semicolon = text.indexOf(";", slash);
    const subtype = text.slice(slash + 1, semicolon < 0 ? undefined : semicolon).trimEnd();
    if (!TOKEN.test(subtype)) throw invalid("subtype", text, subtype === "" ? -1 : firstBad(subtype));
    this.#type = asciiLower(type);
    this.#subtype = asciiLower(subtype);
    this.#params = semicolon < 0 ? new MIMEParams() : parseParams(text.slice(semicolon + 1));
  }

  get type() {
    return this.#type;
  }

  set type(value) {
    const text = `${value}`;
    if (!TOKEN.test(text)) throw invalid("type", text, firstBad(text));
    this.#type = asciiLower(text);
  }

  get subtype() {
    return this.#subtype;
  }

  set subtype(value) {
    const text = `${value}`;
    if (!TOKEN.test(text)) throw invalid("subtype", text, firstBad(text));
    this.#subtype = asciiLower(text);
  }

  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }

  get params() {
    return this.#params;
  }

  toString() {
    const params = this.#params.toString();
    return params === "" ? this.essence : `${this.essence};${params}`;
  }

  toJSON() {
    return this.toString();
  }
}

function firstBad(text) {
  return text.search(/[^!#$%&'*+\-.^_`|~0-9A-Za-z]/);
}

const PARAMETER = /[\t\n\r ]*([^;=]*)(?:=(?:"((?:[^"\\]|\\[\s\S])*)"?[^;]*|([^;]*)))?(?:;|$)/y;

function parseParams(text) {
  const params = new MIMEParams();
  PARAMETER.lastIndex = 0;
  while (PARAMETER.lastIndex < text.length) {
    const match = PARAMETER.exec(text);
    if (match === null) break;
    const [, rawName, quotedValue, rawValue] = match;
    const value = quotedValue === undefined ? rawValue?.trimEnd() : quotedValue.replace(/\\([\s\S])/g, "$1");
    const name = asciiLower(rawName);
    const usable = TOKEN.test(name) && value !== undefined && QUOTED_TEXT.test(value) && !params.has(name);
    if (usable && (value !== "" || quotedValue !== undefined)) params.set(name, value);
  }
  return params;
}
