// node:readline - https://nodejs.org/api/readline.html
import { notSupported } from "internal:node_errors";
import { Interface } from "internal:readline/interface";
import { clearLine, clearScreenDown, cursorTo, moveCursor } from "internal:readline/screen";
import * as promises from "node:readline/promises";

export function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

export function emitKeypressEvents() {
  throw notSupported("readline.emitKeypressEvents()", "a terminal hands over whole lines");
}

const promised = promises.default;
export { clearLine, clearScreenDown, cursorTo, Interface, moveCursor, promised as promises };
export default { clearLine, clearScreenDown, createInterface, cursorTo, emitKeypressEvents, Interface, moveCursor, promises: promised };
