// MIME types - https://mimesniff.spec.whatwg.org/#parsing-a-mime-type

const TOKEN = /^[!#$%&'*+\-.^_`|~\w]+$/;
const QUOTED_TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;
const WHITESPACE = /^[\t\n\r ]+|[\t\n\r ]+$/g;
const TRAILING_WHITESPACE = /[\t\n\r ]+$/;

/** { type, subtype, essence, parameters: Map }, or null when the text is no MIME type. */
export function parseMimeType(text) {
  const input = text.replace(WHITESPACE, "");
  const slash = input.indexOf("/");
  const semicolon = input.indexOf(";");
  const end = semicolon < 0 ? input.length : semicolon;
  if (slash < 0 || slash > end) {
    return null;
  }
  const type = input.slice(0, slash).toLowerCase();
  const subtype = input.slice(slash + 1, end).replace(TRAILING_WHITESPACE, "").toLowerCase();
  if (!TOKEN.test(type) || !TOKEN.test(subtype)) {
    return null;
  }
  return { type, subtype, essence: `${type}/${subtype}`, parameters: parseParameters(input, end) };
}

function parseParameters(input, start) {
  const parameters = new Map();
  let position = start;
  while (position < input.length) {
    position++; // the semicolon
    const nameEnd = endOf(input, position, /[;=]/g);
    const name = input.slice(position, nameEnd).replace(/^[\t\n\r ]+/, "").toLowerCase();
    position = nameEnd;
    if (input[position] !== "=") {
      continue;
    }
    const { value, end } = parseValue(input, position + 1);
    position = end;
    if (value !== undefined && TOKEN.test(name) && QUOTED_TEXT.test(value) && !parameters.has(name)) {
      parameters.set(name, value);
    }
  }
  return parameters;
}

function parseValue(input, start) {
  if (input[start] !== '"') {
    const end = endOf(input, start, /;/g);
    const value = input.slice(start, end).replace(TRAILING_WHITESPACE, "");
    return { value: value === "" ? undefined : value, end };
  }
  let value = "";
  let position = start + 1;
  while (position < input.length && input[position] !== '"') {
    if (input[position] === "\\" && position + 1 < input.length) {
      position++;
    }
    value += input[position++];
  }
  return { value, end: endOf(input, position, /;/g) };
}

function endOf(input, start, stop) {
  stop.lastIndex = start;
  const match = stop.exec(input);
  return match === null ? input.length : match.index;
}

export function serializeMimeType({ essence, parameters }) {
  let text = essence;
  for (const [name, value] of parameters) {
    text += `;${name}=${TOKEN.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`}`;
  }
  return text;
}

/**
 * Combines the values of a Content-Type header, separated by commas outside of quotes.
 * https://fetch.spec.whatwg.org/#concept-header-extract-mime-type
 */
export function extractMimeType(header) {
  if (typeof header !== "string") {
    return null;
  }
  let charset = null;
  let essence = null;
  let result = null;
  for (const value of splitOnCommas(header)) {
    const mime = parseMimeType(value);
    if (mime === null || mime.essence === "*/*") {
      continue;
    }
    result = mime;
    if (mime.essence !== essence) {
      charset = mime.parameters.get("charset") ?? null;
      essence = mime.essence;
    } else if (!mime.parameters.has("charset") && charset !== null) {
      mime.parameters.set("charset", charset);
    }
  }
  return result;
}

function splitOnCommas(text) {
  if (!text.includes(",")) {
    return [text];
  }
  return text.match(/(?:[^",]|"(?:[^"\\]|\\.)*"?)+/gs) ?? [];
}
