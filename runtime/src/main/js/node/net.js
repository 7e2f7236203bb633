// node:net - https://nodejs.org/api/net.html
import { isIP, isIPv4, isIPv6 } from "internal:net/addresses";
import { Server } from "internal:net/server";
import { connect, connectArguments, Socket } from "internal:net/socket";
import { BlockList, SocketAddress } from "internal:net/socket_address";
import { validateBoolean, validateInt32 } from "internal:validators";

export function createServer(options, connectionListener) {
  return new Server(options, connectionListener);
}

let autoSelectFamily = true;
let attemptTimeout = 250;

/** Every connection tries the addresses of its host in turn; the setting is kept for those who ask. */
export function setDefaultAutoSelectFamily(value) {
  validateBoolean(value, "value");
  autoSelectFamily = value;
}

export function getDefaultAutoSelectFamily() {
  return autoSelectFamily;
}

export function setDefaultAutoSelectFamilyAttemptTimeout(value) {
  validateInt32(value, "value", 1);
  attemptTimeout = Math.max(value, 10);
}

export function getDefaultAutoSelectFamilyAttemptTimeout() {
  return attemptTimeout;
}

export function _normalizeArgs(args) {
  return connectArguments(args);
}

export { BlockList, connect, connect as createConnection, isIP, isIPv4, isIPv6, Server, Socket, Socket as Stream, SocketAddress };

export default {
  _normalizeArgs, BlockList, connect, createConnection: connect, createServer, getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout, isIP, isIPv4, isIPv6, Server, setDefaultAutoSelectFamily,
  setDefaultAutoSelectFamilyAttemptTimeout, Socket, SocketAddress, Stream: Socket,
};
