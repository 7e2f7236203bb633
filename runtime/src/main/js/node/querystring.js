// node:querystring - https://nodejs.org/api/querystring.html
import { Buffer } from "internal:buffer/class";
import { codes } from "internal:node_errors";

function hexValue(code) {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}

/** Decodes what is a valid %XX and leaves the rest. */
export function unescapeBuffer(text, decodeSpaces = false) {
  const out = Buffer.allocUnsafe(Buffer.byteLength(text));
  const bytes = Buffer.from(text);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    let byte = bytes[i];
    if (byte === 43 && decodeSpaces) byte = 32;
    if (byte === 37 && i + 2 < bytes.length) {
      const [high, low] = [hexValue(bytes[i + 1]), hexValue(bytes[i + 2])];
      if (high >= 0 && low >= 0) {
        byte = high * 16 + low;
        i += 2;
      }
    }
    out[length++] = byte;
  }
  return out.slice(0, length);
}

/** Programs may replace querystring.unescape; parse uses it where the pure one fails. */
export function unescape(text, decodeSpaces) {
  try {
    return decodeURIComponent(text);
  } catch {
    return unescapeBuffer(text, decodeSpaces).toString();
  }
}

const PLAIN = /^[A-Za-z0-9\-_.!~*'()]*$/;

export function escape(value) {
  const text = typeof value === "string" ? value : typeof value === "object" ? String(value) : `${value}`;
  if (PLAIN.test(text)) return text;
  return encodeURIComponent(text.isWellFormed() ? text : paired(text));
}

/** As Node does, half a surrogate pair takes whatever comes after it for its other half. */
function paired(text) {
  return text.replace(/[\ud800-\udfff][^]?/g, (pair) => {
    if (pair.length < 2) throw new codes.ERR_INVALID_URI();
    return String.fromCodePoint(0x10000 + ((pair.charCodeAt(0) & 0x3ff) << 10) + (pair.charCodeAt(1) & 0x3ff));
  });
}

function primitiveText(value) {
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return `${value}`;
  if (typeof value === "bigint" || typeof value === "boolean") return `${value}`;
  return "";
}

export function stringify(object, separator, equals, options) {
  if (object === null || typeof object !== "object") return "";
  const sep = separator || "&";
  const eq = equals || "=";
  const encode = typeof options?.encodeURIComponent === "function" ? options.encodeURIComponent : querystring.escape;
  const fields = [];
  for (const key of Object.keys(object)) {
    const name = encode(primitiveText(key)) + eq;
    const value = object[key];
    if (Array.isArray(value)) for (const each of value) fields.push(name + encode(primitiveText(each)));
    else fields.push(name + encode(primitiveText(value)));
  }
  return fields.join(sep);
}

export function parse(text, separator, equals, options) {
  const result = { __proto__: null };
  if (typeof text !== "string" || text.length === 0) return result;
  const sep = separator ? `${separator}` : "&";
  const eq = equals ? `${equals}` : "=";
  const max = typeof options?.maxKeys === "number" ? options.maxKeys : 1000;
  const decode = typeof options?.decodeURIComponent === "function" ? options.decodeURIComponent : querystring.unescape;
  let fields = text.split(sep);
  if (max > 0 && fields.length > max) fields = fields.slice(0, max);
  for (const field of fields) if (field !== "") addField(result, field, eq, decode);
  return result;
}

function addField(result, field, eq, decode) {
  const at = field.indexOf(eq);
  const name = decoded(at < 0 ? field : field.slice(0, at), decode);
  const value = at < 0 ? "" : decoded(field.slice(at + eq.length), decode);
  const existing = result[name];
  if (existing === undefined) result[name] = value;
  else if (Array.isArray(existing)) existing.push(value);
  else result[name] = [existing, value];
}

function decoded(text, decode) {
  const spaced = text.includes("+") ? text.replaceAll("+", "%20") : text;
  if (!spaced.includes("%") && decode === unescape) return spaced;
  try {
    return decode(spaced);
  } catch {
    return unescape(spaced, true);
  }
}

const querystring = { unescapeBuffer, unescape, escape, stringify, encode: stringify, parse, decode: parse };

export { stringify as encode, parse as decode };
export default querystring;
