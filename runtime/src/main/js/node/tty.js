// node:tty - https://nodejs.org/api/tty.html
import * as host from "host:process";
import { notSupported } from "internal:node_errors";

export function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2 && host.isTty(fd);
}

export function ReadStream() {
  throw notSupported("tty.ReadStream", "use process.stdin");
}

export function WriteStream() {
  throw notSupported("tty.WriteStream", "use process.stdout");
}

export default { isatty, ReadStream, WriteStream };
