// readline.Interface: lines of a stream, as they come - https://nodejs.org/api/readline.html#class-interfaceconstructor
// A terminal edits its lines itself, so there is no editing here: what comes in is whole lines.
import { EventEmitter, on } from "node:events";
import { StringDecoder } from "node:string_decoder";
import { AbortError, codes } from "internal:node_errors";
import { validateAbortSignal, validateUint32 } from "internal:validators";

const { ERR_INVALID_ARG_VALUE, ERR_USE_AFTER_CLOSE } = codes;

const LINE_END = /\r\n|[\n\r\u2028\u2029]/;

export function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  EventEmitter.call(this);
  const options = typeof input?.read === "function" || typeof input?.resume === "function" ? { input, output, completer, terminal } : { ...input };
  const { history = [], historySize = 30, prompt = "> ", crlfDelay, signal, tabSize = 8 } = options;
  if (options.input === undefined || options.input === null) throw new TypeError('The "options.input" property must be a stream.');
  if (options.completer !== undefined && typeof options.completer !== "function") throw new ERR_INVALID_ARG_VALUE("completer", options.completer);
  validateUint32(tabSize, "tabSize", true);
  if (typeof historySize !== "number" || Number.isNaN(historySize) || historySize < 0) throw new ERR_INVALID_ARG_VALUE("historySize", historySize);
  if (signal) validateAbortSignal(signal, "options.signal");
  this.input = options.input;
  this.output = options.output;
  this.terminal = options.terminal ?? !!options.output?.isTTY;
  this.line = "";
  this.cursor = 0;
  this.history = [...history];
  this.historySize = historySize;
  this.crlfDelay = crlfDelay ? Math.max(100, crlfDelay) : 100;
  this.closed = false;
  this.paused = false;
  this._prompt = prompt;
  this._decoder = new StringDecoder("utf8");
  this._endedWithCr = false;
  this._questionCallback = null;
  listen(this);
  if (signal) closeOnAbort(this, signal);
}
Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Interface, EventEmitter);

const proto = Interface.prototype;

function listen(reader) {
  const data = (chunk) => take(reader, typeof chunk === "string" ? chunk : reader._decoder.write(chunk));
  const end = () => {
    take(reader, reader._decoder.end());
    const rest = reader.line;
    reader.line = "";
    if (rest !== "") tell(reader, rest);
    reader.close();
  };
  const error = (problem) => reader.emit("error", problem);
  reader.input.on("data", data);
  reader.input.on("end", end);
  reader.input.on("error", error);
  reader._stop = () => {
    reader.input.removeListener("data", data);
    reader.input.removeListener("end", end);
    reader.input.removeListener("error", error);
  };
  reader.input.resume();
}

function closeOnAbort(reader, signal) {
  const abort = () => reader.close();
  if (signal.aborted) queueMicrotask(abort);
  else {
    signal.addEventListener("abort", abort, { once: true });
    reader.once("close", () => signal.removeEventListener("abort", abort));
  }
}

function take(reader, text) {
  if (text === "") return;
  if (reader._endedWithCr && text.startsWith("\n")) text = text.slice(1);
  reader._endedWithCr = text.endsWith("\r");
  const lines = (reader.line + text).split(LINE_END);
  reader.line = lines.pop();
  reader.cursor = reader.line.length;
  for (const line of lines) {
    if (reader.closed) return;
    tell(reader, line);
  }
}

function tell(reader, line) {
  const answer = reader._questionCallback;
  if (answer !== null) {
    reader._questionCallback = null;
    answer(line);
    return;
  }
  if (reader.terminal && reader.historySize > 0 && line.trim() !== "" && reader.history[0] !== line) {
    reader.history.unshift(line);
    reader.history.length = Math.min(reader.history.length, reader.historySize);
    reader.emit("history", reader.history);
  }
  reader.emit("line", line);
}

proto.setPrompt = function (prompt) {
  this._prompt = `${prompt}`;
};

proto.getPrompt = function () {
  return this._prompt;
};

proto.prompt = function () {
  open(this);
  if (this.paused) this.resume();
  this.output?.write(this._prompt);
};

function open(reader) {
  if (reader.closed) throw new ERR_USE_AFTER_CLOSE("readline");
}

/** question(query[, options], callback) */
proto.question = function (query, options, callback) {
  if (typeof options === "function") [options, callback] = [{}, options];
  const signal = options?.signal;
  if (signal) validateAbortSignal(signal, "options.signal");
  open(this);
  if (signal?.aborted || typeof callback !== "function") return;
  if (this._questionCallback !== null) {
    this.prompt();
    return;
  }
  const abort = () => {
    this._questionCallback = null;
  };
  signal?.addEventListener("abort", abort, { once: true });
  this._questionCallback = (answer) => {
    signal?.removeEventListener("abort", abort);
    callback(answer);
  };
  if (this.paused) this.resume();
  this.output?.write(query);
};

Object.defineProperty(proto.question, Symbol.for("nodejs.util.promisify.custom"), {
  value(query, options) {
    return asked(this, query, options);
  },
});

/** A promise of the answer, as of node:readline/promises. */
export function asked(reader, query, options = {}) {
  return new Promise((resolve, reject) => {
    const { signal } = options ?? {};
    if (signal?.aborted) {
      reject(new AbortError(undefined, { cause: signal.reason }));
      return;
    }
    signal?.addEventListener("abort", () => reject(new AbortError(undefined, { cause: signal.reason })), { once: true });
    proto.question.call(reader, query, { signal }, resolve);
  });
}

proto.pause = function () {
  if (this.paused) return this;
  this.paused = true;
  this.input.pause();
  this.emit("pause");
  return this;
};

proto.resume = function () {
  if (!this.paused) return this;
  this.paused = false;
  this.input.resume();
  this.emit("resume");
  return this;
};

/** Text as if it had come in. */
proto.write = function (text) {
  open(this);
  if (this.paused) this.resume();
  if (text !== undefined && text !== null) take(this, `${text}`);
};

proto.close = function () {
  if (this.closed) return;
  this.pause();
  this._stop();
  this.closed = true;
  this.emit("close");
};

proto[Symbol.dispose ?? Symbol.for("nodejs.dispose")] = proto.close;

proto.getCursorPos = function () {
  const columns = this.output?.columns ?? Infinity;
  const at = this._prompt.length + this.cursor;
  return { rows: Math.floor(at / columns), cols: columns === Infinity ? at : at % columns };
};

proto[Symbol.asyncIterator] = function () {
  this._lines ??= on(this, "line", { close: ["close"], highWaterMark: 1024 });
  const lines = this._lines;
  return {
    async next() {
      const { value, done } = await lines.next();
      return done ? { value: undefined, done } : { value: value[0], done };
    },
    return: () => {
      this.close();
      return lines.return();
    },
    throw: (error) => lines.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

Object.defineProperty(proto, "columns", { configurable: true, get() { return this.output?.columns ?? Infinity; } });

