// A session's socket, as programs see it: it tells of the connection, and leaves reading and writing to the session.
import { http2Error } from "internal:http2/errors";

const FORBIDDEN = ["pause", "read", "resume", "write", "end", "setEncoding", "setKeepAlive", "setNoDelay", "pipe", "unpipe", "unshift"];
const OF_SESSION = ["destroy", "emit", "ref", "setTimeout", "unref"];

export function socketProxy(session, socket) {
  return new Proxy(socket, {
    get(target, name) {
      if (FORBIDDEN.includes(name)) throw http2Error("NO_SOCKET_MANIPULATION");
      if (OF_SESSION.includes(name)) return session[name].bind(session);
      const value = target[name];
      return typeof value === "function" ? value.bind(target) : value;
    },
    set(target, name, value) {
      if (FORBIDDEN.includes(name)) throw http2Error("NO_SOCKET_MANIPULATION");
      target[name] = value;
      return true;
    },
    getPrototypeOf(target) {
      return Object.getPrototypeOf(target);
    },
  });
}
