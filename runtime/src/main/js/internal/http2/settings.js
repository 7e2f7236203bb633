// Settings of a connection - https://nodejs.org/api/http2.html#settings-object
import { Buffer } from "internal:buffer/class";
import { codes, nodeError } from "internal:node_errors";
import { validateObject } from "internal:validators";

/** name → [number on the wire, least, most] */
const KNOWN = {
  headerTableSize: [1, 0, 2 ** 32 - 1], enablePush: [2, 0, 1], maxConcurrentStreams: [3, 0, 2 ** 32 - 1],
  initialWindowSize: [4, 0, 2 ** 31 - 1], maxFrameSize: [5, 16384, 2 ** 24 - 1], maxHeaderListSize: [6, 0, 2 ** 32 - 1],
  enableConnectProtocol: [8, 0, 1],
};
const names = new Map(Object.entries(KNOWN).map(([name, [number]]) => [number, name]));
const isFlag = (name) => name === "enablePush" || name === "enableConnectProtocol";

export function getDefaultSettings() {
  return {
    headerTableSize: 4096, enablePush: true, initialWindowSize: 65535, maxFrameSize: 16384, maxConcurrentStreams: 4294967295,
    maxHeaderSize: 65535, maxHeaderListSize: 65535, enableConnectProtocol: false,
  };
}

/** Throws what Node throws for settings that can't be. */
export function checkedSettings(settings) {
  validateObject(settings, "settings");
  const checked = {};
  for (const [name, [, least, most]] of Object.entries(KNOWN)) {
    const value = settings[name] ?? (name === "maxHeaderListSize" ? settings.maxHeaderSize : undefined);
    if (value === undefined) continue;
    if (isFlag(name)) {
      if (typeof value !== "boolean") throw invalid(name, value, TypeError);
    } else if (typeof value !== "number" || !(value >= least && value <= most)) {
      throw invalid(name, value, RangeError);
    }
    checked[name] = value;
  }
  return checked;
}

function invalid(name, actual, Base) {
  return Object.assign(nodeError("ERR_HTTP2_INVALID_SETTING_VALUE", `Invalid value for setting "${name}": ${actual}`, Base), { actual });
}

/** As a SETTINGS frame carries them. */
export function getPackedSettings(settings = {}) {
  const entries = Object.entries(checkedSettings(settings));
  const packed = Buffer.alloc(6 * entries.length);
  entries.forEach(([name, value], i) => {
    packed.writeUInt16BE(KNOWN[name][0], 6 * i);
    packed.writeUInt32BE(Number(value), 6 * i + 2);
  });
  return packed;
}

export function getUnpackedSettings(buf, options = {}) {
  if (!ArrayBuffer.isView(buf)) throw new codes.ERR_INVALID_ARG_TYPE("buf", ["Buffer", "TypedArray"], buf);
  if (buf.byteLength % 6 !== 0) {
    throw nodeError("ERR_HTTP2_INVALID_PACKED_SETTINGS_LENGTH", "Packed settings length must be a multiple of six", RangeError);
  }
  const settings = unpack(Buffer.from(buf.buffer, buf.byteOffset, buf.byteLength));
  return options?.validate ? withSize(checkedSettings(settings)) : withSize(settings);
}

/** What isn't known is left out. */
export function unpack(bytes) {
  const settings = {};
  for (let at = 0; at < bytes.length; at += 6) {
    const name = names.get(bytes.readUInt16BE(at));
    const value = bytes.readUInt32BE(at + 2);
    if (name !== undefined) settings[name] = isFlag(name) ? value !== 0 : value;
  }
  return settings;
}

/** Whether the other side may set that; its error code otherwise. */
export function refusalOf(bytes) {
  for (let at = 0; at < bytes.length; at += 6) {
    const name = names.get(bytes.readUInt16BE(at));
    const value = bytes.readUInt32BE(at + 2);
    if (name === undefined) continue;
    const [, least, most] = KNOWN[name];
    if (value < least || value > most) return name === "initialWindowSize" ? 3 : 1;
  }
  return 0;
}

/** maxHeaderSize is maxHeaderListSize by another name. */
export function withSize(settings) {
  return settings.maxHeaderListSize === undefined ? settings : { ...settings, maxHeaderSize: settings.maxHeaderListSize };
}
