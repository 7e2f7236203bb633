// node:stream/consumers - https://nodejs.org/api/webstreams.html#utility-consumers
import { Buffer } from "internal:buffer/class";

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks.map((chunk) => (chunk instanceof Uint8Array ? chunk : new Uint8Array(chunk.buffer ?? chunk))));
}

export { collect as buffer };

export async function arrayBuffer(stream) {
  const bytes = await collect(stream);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

export async function text(stream) {
  const decoder = new TextDecoder();
  let result = "";
  for await (const chunk of stream) result += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
  return result + decoder.decode();
}

export async function json(stream) {
  return JSON.parse(await text(stream));
}

export async function blob(stream) {
  const parts = [];
  for await (const chunk of stream) parts.push(chunk);
  return new Blob(parts);
}

export default { arrayBuffer, blob, buffer: collect, json, text };
