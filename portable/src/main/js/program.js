// A program's life: packed by Runnel, or from its first line on; then its end.
import { driver } from "./driver.js";
import { forgetFolders } from "./files.js";
import * as http from "./http.js";
import * as loop from "./loop.js";
import * as modules from "./modules.js";
import { enter, notePhase, obstacle, phase } from "./phase.js";
import { forgetPackages, dirname, packageAround, readText } from "./resolver.js";
import { normalize } from "./files.js";
import { hasDefaultExport } from "./syntax.js";
import { begin, leaveBy, printToErrors } from "./system_hosts.js";
import * as wasi from "./wasi.js";

const STDERR = 2;
const FAILED = 1;
const USAGE = 2;
const UNSETTLED_TOP_LEVEL_AWAIT = 13;
const SOFTWARE = 70;

/** The entry's evaluation, until it is over. */
let evaluation = null;
let isReady = false;
/** What a packed file begins with: "nothing", a program that is "loaded", or one that has been "evaluated". */
let packed = "nothing";
let exitCode = 0;

// ---- Ends ----

function say(text) {
  wasi.write(STDERR, wasi.encode(`${text}\n`));
}

/** Nobody caught it. Once it serves, one request's error doesn't end the program. */
function uncaught(name, message, stack, isRejection) {
  const summary = name === "" ? message : message === "" ? name : `${name}: ${message}`;
  const frames = stack.startsWith(summary) || stack === "" ? stack : `${summary}\n${stack}`;
  const text = `Uncaught${isRejection ? " (in promise)" : ""} ${frames === "" ? summary : frames}`;
  if (phase() === "packing") throw new PackingFailure(text.replace(/^Uncaught (\(in promise\) )?/, ""));
  say(text.trimEnd());
  if (!isReady || !http.answersRequests()) leave(FAILED);
}

class PackingFailure extends Error {}

function describe(error) {
  if (Error.isError(error)) {
    const stack = typeof error.stack === "string" ? error.stack : "";
    return { name: String(error.name), message: String(error.message), stack };
  }
  return { name: "", message: String(error), stack: "" };
}

function report(error) {
  if (error instanceof PackingFailure) throw error;
  const { name, message, stack } = describe(error);
  uncaught(name, message, stack, false);
}

function leave(code) {
  wasi.exit(code);
}

export const errorsFunctions = { uncaught };

// ---- From its first line ----

const startMessage = (args, env) => ({
  kind: modules.program.kind,
  entry: modules.program.entry,
  args,
  env,
  bindings: [],
  origin: "",
  cwd: "/",
});

/** An ES module's own promise jobs come before the ticks it made, as in Node; a turn has them in any order. */
function evaluate() {
  loop.turn(() => {
    evaluation = modules.start(modules.program.entry);
    while (modules.formatOfEntry() === "esm" && runJob());
  });
}

function runJob() {
  try {
    return driver.runJob() !== 0;
  } catch (error) {
    report(error);
    return true;
  }
}

loop.afterTurns(() => {
  if (evaluation === null) return;
  const { state, value } = modules.stateOf(evaluation);
  if (state === "pending") return;
  evaluation = null;
  if (state === "rejected") {
    report(value);
    return;
  }
  loop.turn(() => loop.call("loaded", value));
  isReady = true;
});

function nothingLeft() {
  if (evaluation !== null) {
    say("Warning: Detected unsettled top-level await");
    leave(UNSETTLED_TOP_LEVEL_AWAIT);
  }
  if (loop.isRegistered("beforeExit")) loop.turn(() => loop.call("beforeExit"));
}

/** What _start calls. */
export function start() {
  try {
    enter("running");
    forgetFolders();
    forgetPackages();
    begin();
    live();
  } catch (error) {
    say(`Runnel failed: ${describe(error).stack || error}`);
    wasi.exit(SOFTWARE);
  }
}

function live() {
  loop.reportTo(report);
  leaveBy(leave);
  const [name, ...args] = wasi.args();
  const env = wasi.environment();
  if (packed === "evaluated") {
    loop.call("restart", startMessage(args, env));
  } else {
    if (packed === "nothing" && !findProgram(name, args)) return;
    loop.turn(() => loop.call("start", startMessage(packed === "nothing" ? args.slice(1) : args, env)));
    evaluate();
  }
  if (packed !== "evaluated") runUntilReady();
  if (http.answersRequests()) {
    printToErrors();
    if (!serve(env)) return;
  }
  loop.run(nothingLeft);
  end();
}

/** Top-level await may wait for timers and files. */
function runUntilReady() {
  loop.runWhile(() => evaluation !== null, nothingLeft);
}

function serve(env) {
  try {
    if (http.serve(env)) return true;
  } catch (error) {
    if (!(error instanceof http.BadRequest)) throw error;
    error.answer();
    return false;
  }
  say(
    "This program answers requests: give it one in CGI's variables (REQUEST_METHOD, PATH_INFO, …) or as HTTP/1.1 on standard input.",
  );
  wasi.exit(USAGE);
  return false;
}

function end() {
  const code = loop.isRegistered("exit") ? loop.call("exit") : exitCode;
  const final = code === 0 && http.hasFailed() ? FAILED : code;
  if (final !== 0) wasi.exit(final);
}

/** runnel.wasm's first argument is a program in a folder that was opened for it. */
function findProgram(name, [file]) {
  if (file === undefined) {
    say(`Usage: ${name ?? "runnel.wasm"} PROGRAM [ARGUMENTS]: a JavaScript file in a folder that is opened for it (--dir).`);
    wasi.exit(USAGE);
    return false;
  }
  const entry = normalize(`/${file}`);
  let text;
  try {
    text = readText(entry);
  } catch (error) {
    say(`The program ${file} can't be read: ${error.code ?? error.message}. Is its folder opened (--dir)?`);
    wasi.exit(USAGE);
    return false;
  }
  modules.setProgram({ kind: kindOf(entry, text), root: dirname(entry), entry });
  return true;
}

/** Its package says, or its default export does. */
function kindOf(entry, text) {
  return packageAround(entry)?.runnel?.kind ?? (hasDefaultExport(text) ? "worker" : "node");
}

// ---- Packed ----

/** What Java asks of this program while it makes a file of it, as JSON; the answer goes to standard output. */
export function pack(request) {
  const answer = answerTo(JSON.parse(request));
  wasi.write(1, wasi.encode(JSON.stringify(answer)));
  wasi.forget();
}

function answerTo(request) {
  try {
    enter("packing");
    return tasks[request.task](request);
  } catch (error) {
    const text = error instanceof PackingFailure ? error.message : shown(error);
    return obstacle() === null ? { failed: text } : { obstacle: obstacle() };
  }
}

function shown(error) {
  const { name, message, stack } = describe(error);
  const summary = name === "" ? message : `${name}: ${message}`;
  return stack === "" || stack.startsWith(summary) ? stack || summary : `${summary}\n${stack}`;
}

const tasks = {
  /** What kind of program it is, and all modules that it imports in any way but at run time. */
  look({ entry }) {
    const text = readText(entry);
    modules.setProgram({ kind: kindOf(entry, text), root: dirname(entry), entry });
    return { kind: modules.program.kind, ...modules.lookAt(entry) };
  },

  /** From now on everything that is compiled here is compiled alone. */
  compile() {
    modules.loadNothing();
    return {};
  },

  /** Takes the program's bytecode: [name, address, length, is an ES module]. */
  load({ program, modules: compiled, given, unneeded }) {
    modules.setProgram(program);
    modules.takePacked(given);
    for (const name of unneeded) delete driver.parts[name];
    for (const [name, address, length, isModule] of compiled) {
      modules.packed[name] = { code: driver.bytes(address, length), isModule };
    }
    packed = "loaded";
    return {};
  },

  /** Evaluates it to the end of its first turns. */
  evaluate() {
    loop.reportTo(report);
    leaveBy(() => {});
    loop.turn(() => loop.call("start", messageWhilePacking()));
    evaluate();
    loop.runReady();
    if (obstacle() !== null) return { obstacle: obstacle() };
    if (evaluation !== null) return { obstacle: "waits for something before its first line is over (top-level await)" };
    if (!http.answersRequests() && loop.isIdle()) return { obstacle: "does all its work while it is evaluated" };
    packed = "evaluated";
    forgetFolders();
    forgetPackages();
    return {};
  },
};

/** Variables and arguments aren't known yet; NODE_ENV alone is what bundlers take it to be. */
function messageWhilePacking() {
  return {
    ...startMessage([], [["NODE_ENV", "production"]]),
    get args() {
      return notePhase("reads its arguments");
    },
    reads(name) {
      if (name !== "NODE_ENV" && typeof name === "string") {
        notePhase(name === "all" ? "reads its environment" : `reads the environment variable ${name}`);
      }
    },
  };
}
