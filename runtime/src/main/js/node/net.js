// node:net, as far as it is there: what tells addresses apart - https://nodejs.org/api/net.html#netisipinput
import { notSupported } from "internal:node_errors";

const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const V4 = `(?:${OCTET}\\.){3}${OCTET}`;
const GROUP = "[0-9a-fA-F]{1,4}";
const IPV4 = new RegExp(`^${V4}$`);
const IPV6 = new RegExp(
  "^(?:" +
    [
      `(?:${GROUP}:){7}(?:${GROUP}|:)`,
      `(?:${GROUP}:){6}(?:${V4}|:${GROUP}|:)`,
      `(?:${GROUP}:){5}(?::${V4}|(?::${GROUP}){1,2}|:)`,
      `(?:${GROUP}:){4}(?:(?::${GROUP}){0,1}:${V4}|(?::${GROUP}){1,3}|:)`,
      `(?:${GROUP}:){3}(?:(?::${GROUP}){0,2}:${V4}|(?::${GROUP}){1,4}|:)`,
      `(?:${GROUP}:){2}(?:(?::${GROUP}){0,3}:${V4}|(?::${GROUP}){1,5}|:)`,
      `(?:${GROUP}:){1}(?:(?::${GROUP}){0,4}:${V4}|(?::${GROUP}){1,6}|:)`,
      `(?::(?:(?::${GROUP}){0,5}:${V4}|(?::${GROUP}){1,7}|:))`,
    ].join("|") +
    ")(?:%[0-9a-zA-Z-.:]{1,})?$",
);

export function isIPv4(input) {
  return IPV4.test(`${input}`);
}

export function isIPv6(input) {
  return IPV6.test(`${input}`);
}

/** 4, 6, or 0 for what is no address. */
export function isIP(input) {
  return isIPv4(input) ? 4 : isIPv6(input) ? 6 : 0;
}

function socketless(name) {
  return {
    [name]: function () {
      throw notSupported(`net.${name}`, "programs speak HTTP, by node:http and fetch");
    },
  }[name];
}

export const Socket = socketless("Socket");
export const Server = socketless("Server");
export const connect = socketless("connect");
export const createConnection = socketless("createConnection");
export const createServer = socketless("createServer");
export { Socket as Stream };

export default { isIP, isIPv4, isIPv6, Socket, Stream: Socket, Server, connect, createConnection, createServer };
