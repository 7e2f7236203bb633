// Sequences that move a terminal's cursor - https://nodejs.org/api/readline.html
import { codes } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { validateFunction, validateInteger } from "internal:validators";

const { ERR_INVALID_ARG_VALUE, ERR_INVALID_CURSOR_POS } = codes;

const ESC = "\u001b";

function write(stream, text, callback) {
  if (callback !== undefined) validateFunction(callback, "callback");
  if (stream === null || stream === undefined || text === "") {
    if (typeof callback === "function") nextTick(callback, null);
    return true;
  }
  return stream.write(text, callback);
}

export function cursorTo(stream, x, y, callback) {
  if (callback !== undefined) validateFunction(callback, "callback");
  if (typeof y === "function") [y, callback] = [undefined, y];
  if (Number.isNaN(x)) throw new ERR_INVALID_ARG_VALUE("x", x);
  if (Number.isNaN(y)) throw new ERR_INVALID_ARG_VALUE("y", y);
  if (typeof x !== "number" && typeof y !== "number") return write(stream, "", callback);
  if (typeof x !== "number") throw new ERR_INVALID_CURSOR_POS();
  return write(stream, typeof y === "number" ? `${ESC}[${y + 1};${x + 1}H` : `${ESC}[${x + 1}G`, callback);
}

export function moveCursor(stream, dx, dy, callback) {
  return write(stream, movement(dx, dy), callback);
}

export function movement(dx, dy) {
  const across = dx < 0 ? `${ESC}[${-dx}D` : dx > 0 ? `${ESC}[${dx}C` : "";
  const down = dy < 0 ? `${ESC}[${-dy}A` : dy > 0 ? `${ESC}[${dy}B` : "";
  return across + down;
}

/** -1: to the left of the cursor, 1: to its right, 0: all of it */
export function clearing(direction) {
  return direction < 0 ? `${ESC}[1K` : direction > 0 ? `${ESC}[0K` : `${ESC}[2K`;
}

export function clearLine(stream, direction, callback) {
  return write(stream, clearing(direction), callback);
}

export const CLEAR_DOWN = `${ESC}[0J`;

export function clearScreenDown(stream, callback) {
  return write(stream, CLEAR_DOWN, callback);
}

/** Gathers sequences until they are committed. */
export class Readline {
  #stream;
  #autoCommit;
  #todo = [];

  constructor(stream, { autoCommit = false } = {}) {
    this.#stream = stream;
    this.#autoCommit = autoCommit;
  }

  #add(text) {
    if (this.#autoCommit) nextTick(() => this.#stream.write(text));
    else this.#todo.push(text);
    return this;
  }

  cursorTo(x, y = undefined) {
    validateInteger(x, "x");
    if (y !== undefined) validateInteger(y, "y");
    return this.#add(y === undefined ? `${ESC}[${x + 1}G` : `${ESC}[${y + 1};${x + 1}H`);
  }

  moveCursor(dx, dy) {
    return this.#add(movement(dx, dy));
  }

  clearLine(direction) {
    validateInteger(direction, "dir", -1, 1);
    return this.#add(clearing(direction));
  }

  clearScreenDown() {
    return this.#add(CLEAR_DOWN);
  }

  commit() {
    return new Promise((resolve) => this.#stream.write(this.#todo.splice(0).join(""), resolve));
  }

  rollback() {
    this.#todo = [];
    return this;
  }
}
