// ReadableStreamBYOBReader.readAtLeast, which Workers have beside the standard's read(view, { min }).
// https://developers.cloudflare.com/workers/runtime-apis/streams/readablestreambyobreader/
import { requireArguments, toEnforcedRange } from "internal:webidl";

const { ReadableStreamBYOBReader } = globalThis;
const { read } = ReadableStreamBYOBReader.prototype;

const { readAtLeast } = {
  /** Data that ends before the minimum comes as it is, not done; only the next read is done. */
  async readAtLeast(minElements, view) {
    requireArguments(arguments.length, 2, "ReadableStreamBYOBReader.readAtLeast");
    const min = toEnforcedRange(minElements, "ReadableStreamBYOBReader.readAtLeast");
    const elements = ArrayBuffer.isView(view) ? (view.length ?? view.byteLength) : Infinity;
    if (min < 1 || min > elements) {
      throw new TypeError(`ReadableStreamBYOBReader.readAtLeast: the minimum must be from 1 to ${elements}, not ${min}.`);
    }
    const result = await read.call(this, view, { min });
    return result.value?.byteLength > 0 ? { value: result.value, done: false } : result;
  },
};

Object.defineProperty(ReadableStreamBYOBReader.prototype, "readAtLeast", {
  value: readAtLeast,
  writable: true,
  enumerable: true,
  configurable: true,
});
