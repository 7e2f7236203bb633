// multipart/form-data - https://www.rfc-editor.org/rfc/rfc7578  https://html.spec.whatwg.org/#multipart-form-data
import { Blob, File } from "../web/blob.js";
import { pairsOf } from "../web/form_data.js";
import * as crypto from "host:crypto";
import * as encoding from "host:encoding";
import * as host from "host:multipart";

const OFFSETS_PER_PART = 4;
const QUOTED = { name: /;\s*name="([^"]*)"/i, filename: /;\s*filename="([^"]*)"/i };
const PLAIN = { name: /;\s*name=([^;\s]+)/i, filename: /;\s*filename=([^;\s]+)/i };

/** { blob, boundary } for a form. */
export function encodeMultipart(form) {
  const boundary = `----runnel-${crypto.randomUUID()}`;
  const parts = [];
  for (const [name, value] of pairsOf(form)) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(normalizeLines(name))}"`;
    if (typeof value === "string") {
      parts.push(`${head}\r\n\r\n${normalizeLines(value)}\r\n`);
    } else {
      const type = value.type || "application/octet-stream";
      parts.push(`${head}; filename="${escapeName(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`, value, "\r\n");
    }
  }
  parts.push(`--${boundary}--\r\n`);
  return { blob: new Blob(parts), boundary };
}

function escapeName(name) {
  return name.replace(/[\n\r"]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

function normalizeLines(text) {
  return text.replace(/\r\n|\n|\r/g, "\r\n");
}

/** Fills a form; throws a TypeError when the body is malformed. */
export function decodeMultipart(bytes, boundary, form) {
  const offsets = host.partsOf(bytes, boundary);
  if (offsets === undefined) {
    throw new TypeError("The body is not valid multipart/form-data.");
  }
  const numbers = new Int32Array(offsets.buffer, offsets.byteOffset, offsets.length / 4);
  for (let i = 0; i < numbers.length; i += OFFSETS_PER_PART) {
    const [headersStart, headersEnd, start, end] = numbers.subarray(i, i + OFFSETS_PER_PART);
    const headers = encoding.decode("utf-8", bytes.subarray(headersStart, headersEnd), 0);
    pairsOf(form).push(toPair(headers, bytes.slice(start, end)));
  }
  return form;
}

function toPair(headers, content) {
  const disposition = headerOf(headers, "content-disposition");
  const name = parameterOf(disposition, "name");
  if (!/^form-data\s*;/i.test(disposition) || name === undefined) {
    throw new TypeError("A part of the multipart/form-data body has no name.");
  }
  const filename = parameterOf(disposition, "filename");
  if (filename === undefined) {
    return [name, encoding.decode("utf-8", content, 0)];
  }
  const type = headerOf(headers, "content-type") || "text/plain";
  return [name, new File([content], filename, { type })];
}

function headerOf(headers, name) {
  for (const line of headers.split("\r\n")) {
    const colon = line.indexOf(":");
    if (line.slice(0, colon).trim().toLowerCase() === name) {
      return line.slice(colon + 1).trim();
    }
  }
  return "";
}

function parameterOf(disposition, name) {
  const [, value] = QUOTED[name].exec(disposition) ?? PLAIN[name].exec(disposition) ?? [];
  return value?.replace(/%(0A|0D|22)/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
}
