// console.Console: a console over streams - https://nodejs.org/api/console.html#new-consoleoptions
import { codes } from "internal:node_errors";
import { formatWithOptions, inspect } from "internal:inspect";
import { tableOf } from "internal:console_table";

const { ERR_CONSOLE_WRITABLE_STREAM } = codes;

function ignore() {}

/** Of a write that has failed the event comes after its callback. */
function ignoreLater(stream, error) {
  if (error && !stream._writableState?.errorEmitted && stream.listenerCount?.("error") === 0) stream.once("error", ignore);
}

export class Console {
  #stdout;
  #stderr;
  #inspectOptions;
  #indentation = "";
  #step = 2;
  #counts = new Map();
  #timers = new Map();
  #ignoreErrors;

  constructor(options, stderr, ignoreErrors = true) {
    const settings = options && typeof options.write !== "function" ? options : { stdout: options, stderr, ignoreErrors };
    this.#stdout = settings.stdout;
    this.#stderr = settings.stderr ?? settings.stdout;
    this.#ignoreErrors = settings.ignoreErrors ?? true;
    this.#inspectOptions = settings.inspectOptions ?? {};
    this.#step = settings.groupIndentation ?? 2;
    for (const name of ["stdout", "stderr"]) {
      const stream = name === "stdout" ? this.#stdout : this.#stderr;
      if (typeof stream?.write !== "function") throw new ERR_CONSOLE_WRITABLE_STREAM(name);
    }
    // Methods work detached, as console.log is often passed around.
    for (const name of Object.getOwnPropertyNames(Console.prototype)) {
      if (name !== "constructor") this[name] = this[name].bind(this);
    }
  }

  #write(stream, text) {
    const line = `${this.#indentation}${text.replaceAll("\n", `\n${this.#indentation}`)}\n`;
    if (!this.#ignoreErrors) {
      stream.write(line);
      return;
    }
    stream.once?.("error", ignore);
    try {
      stream.write(line, (error) => ignoreLater(stream, error));
    } catch (error) {
      // A console with ignoreErrors never fails its caller, except for a stack that has run out.
      if (error instanceof RangeError) throw error;
    } finally {
      stream.removeListener?.("error", ignore);
    }
  }

  #format(args) {
    return formatWithOptions(this.#inspectOptions, ...args);
  }

  log(...args) {
    this.#write(this.#stdout, this.#format(args));
  }

  info(...args) {
    this.log(...args);
  }

  debug(...args) {
    this.log(...args);
  }

  dirxml(...args) {
    this.log(...args);
  }

  warn(...args) {
    this.#write(this.#stderr, this.#format(args));
  }

  error(...args) {
    this.warn(...args);
  }

  trace(...args) {
    const error = { name: "Trace", message: this.#format(args) };
    Error.captureStackTrace(error, this.trace);
    const head = error.message === "" ? "Trace" : `Trace: ${error.message}`;
    this.warn(error.stack.startsWith("Trace") ? error.stack : `${head}\n${error.stack}`);
  }

  assert(condition, ...args) {
    if (condition) return;
    args[0] = `Assertion failed${args.length === 0 ? "" : `: ${args[0]}`}`;
    this.warn(...args);
  }

  dir(object, options) {
    this.#write(this.#stdout, inspect(object, { customInspect: false, ...this.#inspectOptions, ...options }));
  }

  table(data, columns) {
    const text = tableOf(data, columns);
    if (text === undefined) this.log(data);
    else this.log(text);
  }

  group(...label) {
    if (label.length > 0) this.log(...label);
    this.#indentation += " ".repeat(this.#step);
  }

  groupCollapsed(...label) {
    this.group(...label);
  }

  groupEnd() {
    this.#indentation = this.#indentation.slice(this.#step);
  }

  count(label = "default") {
    const count = (this.#counts.get(`${label}`) ?? 0) + 1;
    this.#counts.set(`${label}`, count);
    this.log(`${label}: ${count}`);
  }

  countReset(label = "default") {
    if (!this.#counts.delete(`${label}`)) this.warn(`Warning: Count for '${label}' does not exist`);
  }

  time(label = "default") {
    if (this.#timers.has(`${label}`)) this.warn(`Warning: Label '${label}' already exists for console.time()`);
    else this.#timers.set(`${label}`, globalThis.performance.now());
  }

  timeLog(label = "default", ...data) {
    const start = this.#timers.get(`${label}`);
    if (start === undefined) this.warn(`Warning: No such label '${label}' for console.timeLog()`);
    else this.log(`${label}: ${(globalThis.performance.now() - start).toFixed(3)}ms`, ...data);
  }

  timeEnd(label = "default") {
    if (!this.#timers.has(`${label}`)) {
      this.warn(`Warning: No such label '${label}' for console.timeEnd()`);
      return;
    }
    this.timeLog(label);
    this.#timers.delete(`${label}`);
  }

  clear() {
    if (this.#stdout.isTTY) this.#stdout.write("\u001b[1;1H\u001b[0J");
  }

  profile() {}

  profileEnd() {}

  timeStamp() {}
}
