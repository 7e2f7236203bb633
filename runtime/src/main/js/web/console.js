// console - https://console.spec.whatwg.org/
import { load } from "internal:builtins";
import { defineTag } from "internal:define";
import * as host from "host:console";
import * as clock from "host:performance";

const INDENT = 2;
/** How values are shown; text alone is printed without it. */
const inspection = () => load("internal:inspect");

/** A Symbol is shown as such; everything else becomes a string, as labels do on Node. */
function toLabel(label) {
  return `${label}`;
}

/** One console's state: groups, counters and timers. */
class ConsoleState {
  indentation = "";
  counts = new Map();
  timers = new Map();
}

const state = new ConsoleState();

function print(level, text) {
  const { indentation } = state;
  host.log(level, indentation === "" ? text : indentation + text.replaceAll("\n", `\n${indentation}`));
}

function printFormatted(level, args) {
  const [only] = args;
  print(level, args.length === 1 && typeof only === "string" ? only : inspection().format(...args));
}

function warnOf(text) {
  print("warn", `Warning: ${text}`);
}

const members = {
  assert(condition = false, ...data) {
    if (condition) {
      return;
    }
    if (typeof data[0] === "string") {
      data[0] = `Assertion failed: ${data[0]}`;
    } else {
      data.unshift(data.length === 0 ? "Assertion failed" : "Assertion failed:");
    }
    printFormatted("warn", data);
  },
  clear() {
    state.indentation = "";
  },
  debug(...data) {
    printFormatted("debug", data);
  },
  error(...data) {
    printFormatted("error", data);
  },
  info(...data) {
    printFormatted("info", data);
  },
  log(...data) {
    printFormatted("log", data);
  },
  table(tabularData = undefined, properties = undefined) {
    const text = load("internal:console_table").tableOf(tabularData, properties);
    if (text === undefined) {
      printFormatted("log", [tabularData]);
    } else {
      print("log", text);
    }
  },
  trace(...data) {
    const error = { name: "Trace", message: data.length === 0 ? "" : inspection().format(...data) };
    Error.captureStackTrace(error, members.trace);
    const head = error.message === "" ? "Trace" : `Trace: ${error.message}`;
    print("error", `${head}\n${String(error.stack).trimEnd()}`);
  },
  warn(...data) {
    printFormatted("warn", data);
  },
  dir(item = undefined, options = undefined) {
    print("log", inspection().inspect(item, { customInspect: false, ...options }));
  },
  dirxml(...data) {
    printFormatted("log", data);
  },
  count(label = "default") {
    const key = toLabel(label);
    const count = (state.counts.get(key) ?? 0) + 1;
    state.counts.set(key, count);
    print("info", `${key}: ${count}`);
  },
  countReset(label = "default") {
    const key = toLabel(label);
    if (!state.counts.delete(key)) {
      warnOf(`Count for '${key}' does not exist`);
    }
  },
  group(...data) {
    if (data.length > 0) {
      printFormatted("log", data);
    }
    state.indentation += " ".repeat(INDENT);
  },
  groupCollapsed(...data) {
    members.group(...data);
  },
  groupEnd() {
    state.indentation = state.indentation.slice(INDENT);
  },
  time(label = "default") {
    const key = toLabel(label);
    if (state.timers.has(key)) {
      warnOf(`Label '${key}' already exists for console.time()`);
    } else {
      state.timers.set(key, clock.now());
    }
  },
  timeLog(label = "default", ...data) {
    const key = toLabel(label);
    const elapsed = elapsedSince(key, "timeLog");
    if (elapsed !== undefined) {
      printFormatted("info", [`%s: %s`, key, elapsed, ...data]);
    }
  },
  timeEnd(label = "default") {
    const key = toLabel(label);
    const elapsed = elapsedSince(key, "timeEnd");
    if (elapsed !== undefined) {
      print("info", `${key}: ${elapsed}`);
      state.timers.delete(key);
    }
  },
  timeStamp() {},
  profile() {},
  profileEnd() {},
};

function elapsedSince(key, method) {
  const start = state.timers.get(key);
  if (start === undefined) {
    warnOf(`No such label '${key}' for console.${method}()`);
    return undefined;
  }
  return formatDuration(clock.now() - start);
}

/** As on Node: "1.234ms", "5.678s", "1:02.345 (m:ss.mmm)", "1:02:03.456 (h:mm:ss.mmm)". */
function formatDuration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 1) {
    return `${Number(milliseconds.toFixed(3))}ms`;
  }
  if (seconds < 60) {
    return `${seconds.toFixed(3)}s`;
  }
  const rest = (seconds % 60).toFixed(3).padStart(6, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes}:${rest} (m:ss.mmm)`;
  }
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest} (h:mm:ss.mmm)`;
}

// A namespace object: its members are enumerable, its prototype is an empty object.
export const console = Object.create(Object.create(Object.prototype));
for (const [name, member] of Object.entries(members)) {
  console[name] = member;
}
defineTag(console, "console");
Object.defineProperty(globalThis, "console", {
  value: console,
  writable: true,
  enumerable: false,
  configurable: true,
});
