// The tests and suites of one program - https://nodejs.org/api/test.html
// They run in the order in which they were declared, one after the other unless `concurrency` says otherwise.
import { AsyncLocalStorage } from "node:async_hooks";
import assert from "node:assert";
import { codes, nodeError, notSupported } from "internal:node_errors";
import { MockTracker } from "internal:test/mock";
import { report, summary } from "internal:test/tap";
import { validateAbortSignal, validateFunction, validateNumber, validateObject } from "internal:validators";

const { ERR_INVALID_ARG_TYPE } = codes;
const HOOKS = ["before", "after", "beforeEach", "afterEach"];

/** Whose function runs now: what it declares is below it. */
const running = new AsyncLocalStorage();

export function currentTest() {
  return running.getStore();
}

function failure(failureType, message, cause) {
  const error = nodeError("ERR_TEST_FAILURE", message);
  error.failureType = failureType;
  if (cause !== undefined) error.cause = cause;
  return error;
}

/** name and fn may be left out: (name, options, fn), (options, fn), (name, fn), (fn). */
export function declaration(name, options, fn) {
  if (typeof name === "function") fn = name;
  else if (name !== null && typeof name === "object") {
    fn = options;
    options = name;
  } else if (typeof options === "function") {
    fn = options;
  }
  const given = options !== null && typeof options === "object" ? options : {};
  if (fn !== undefined) validateFunction(fn, "fn");
  return { ...given, name: typeof name === "string" && name !== "" ? name : fn?.name || "<anonymous>", fn };
}

/** As many at once as an option says. */
function concurrencyOf(value) {
  if (value === undefined || value === false) return 1;
  if (value === true) return Infinity;
  validateNumber(value, "options.concurrency", 1);
  return value;
}

/** A declared test or suite, its state while it runs, and what came of it. */
export class Test {
  children = [];
  diagnostics = [];
  error;
  milliseconds = 0;
  /** Number of assertions and subtests that t.plan() asks for. */
  planned;
  counted = 0;
  finished = Promise.withResolvers();
  isFinished = false;

  #hooks = Object.fromEntries(HOOKS.map((name) => [name, []]));
  #queue = [];
  #active = 0;
  #concurrency;
  #before;
  #idle = Promise.withResolvers();
  #aborted = new AbortController();

  constructor(kind, { name, fn, skip = false, todo = false, timeout = Infinity, concurrency, signal, plan }, parent) {
    if (timeout !== Infinity) validateNumber(timeout, "options.timeout", 0);
    if (signal !== undefined) validateAbortSignal(signal, "options.signal");
    Object.assign(this, { kind, name, fn, parent, timeout, outerSignal: signal, planned: plan });
    this.skip = skip === undefined ? false : skip;
    this.todo = todo === undefined ? false : todo;
    this.isOpen = kind !== "suite";
    this.#concurrency = concurrencyOf(concurrency);
    this.mock = new MockTracker();
    this.context = kind === "suite" ? new SuiteContext(this) : new TestContext(this);
  }

  get signal() {
    return this.#aborted.signal;
  }

  get fullName() {
    return this.parent?.parent ? `${this.parent.fullName} > ${this.name}` : this.name;
  }

  addHook(name, fn, options = {}) {
    validateFunction(fn, "fn");
    validateObject(options, "options");
    this.#hooks[name].push({ fn, timeout: options.timeout ?? Infinity });
  }

  /** Declares a child; it runs when its turn has come. */
  add(child) {
    if (this.isFinished) {
      child.end(failure("parentAlreadyFinished", "test could not be started because its parent finished"));
      return child.finished.promise;
    }
    this.children.push(child);
    this.#queue.push(child);
    if (this.isOpen) queueMicrotask(() => this.startNext());
    return child.finished.promise;
  }

  startNext() {
    while (this.#active < this.#concurrency && this.#queue.length > 0) {
      const child = this.#queue.shift();
      this.#active++;
      child.run().then(() => {
        this.#active--;
        this.startNext();
      });
    }
    if (this.#active === 0 && this.#queue.length === 0) this.#idle.resolve();
  }

  /** Until no child runs or waits. */
  async #childrenDone() {
    this.isOpen = true;
    while (this.#active > 0 || this.#queue.length > 0) {
      this.#idle = Promise.withResolvers();
      this.startNext();
      await this.#idle.promise;
    }
  }

  /** Calls a suite's function, which declares what is in it. */
  collect() {
    if (this.skip !== false || this.fn === undefined) return;
    this.collected = running.run(this, async () => this.fn.call(this.context, this.context));
    this.collected.catch(() => {});
  }

  async run() {
    const start = performance.now();
    try {
      if (this.skip === false && this.fn !== undefined) await this.#attempt();
    } catch (error) {
      this.fail(error);
    }
    this.milliseconds = performance.now() - start;
    this.end();
  }

  async #attempt() {
    if (this.outerSignal?.aborted) throw failure("testAborted", "The test was aborted", this.outerSignal.reason);
    await this.parent.runBefore();
    const isTest = this.kind === "test";
    try {
      if (isTest) await this.parent.#runEach("beforeEach", this.context);
      await this.#withinTime(() => (isTest ? this.#call() : this.#runSuite()));
    } catch (error) {
      this.fail(error);
    }
    await this.#cleanUp(isTest);
    this.#check();
  }

  async #runSuite() {
    await this.collected;
    if (this.children.length > 0) await this.runBefore();
    await this.#childrenDone();
  }

  async #call() {
    await running.run(this, () => callTest(this.fn, this.context));
    await this.#childrenDone();
  }

  #withinTime(fn) {
    const stopped = Promise.withResolvers();
    stopped.promise.catch(() => {});
    this.stop = (error) => stopped.reject(error);
    const onAbort = () => this.stop(failure("testAborted", "The test was aborted", this.outerSignal.reason));
    this.outerSignal?.addEventListener("abort", onAbort, { once: true });
    const timer = this.timeout === Infinity ? undefined : setTimeout(() => {
      this.stop(failure("testTimeoutFailure", `test timed out after ${this.timeout}ms`));
    }, this.timeout);
    return Promise.race([fn(), stopped.promise]).finally(() => {
      clearTimeout(timer);
      this.outerSignal?.removeEventListener("abort", onAbort);
    });
  }

  async #cleanUp(isTest) {
    for (const step of [
      () => isTest && this.parent.#runEach("afterEach", this.context),
      () => this.#runHooks("after", this.context),
    ]) {
      try {
        await step();
      } catch (error) {
        this.fail(error);
      }
    }
    for (const child of this.children) endBelow(child, CANCELLED);
    this.#queue = [];
    this.mock.reset();
  }

  #check() {
    const failed = this.children.filter((child) => child.error !== undefined && child.todo === false).length;
    if (failed > 0) this.fail(failure("subtestsFailed", `${failed} subtest${failed > 1 ? "s" : ""} failed`));
    if (this.planned !== undefined && this.planned !== this.counted) {
      this.fail(failure("testCodeFailure", `plan expected ${this.planned} assertions but received ${this.counted}`));
    }
  }

  /** The `before` hooks, once, before the first child that runs. */
  runBefore() {
    this.#before ??= this.#runHooks("before", this.context);
    return this.#before;
  }

  /** Outer hooks first before a test, inner ones first after it. */
  async #runEach(name, context) {
    const isBefore = name === "beforeEach";
    if (isBefore) await this.parent?.#runEach(name, context);
    await this.#runHooks(name, context);
    if (!isBefore) await this.parent?.#runEach(name, context);
  }

  async #runHooks(name, context) {
    for (const { fn, timeout } of this.#hooks[name]) {
      try {
        await running.run(this, () => limited(() => callTest(fn, context), timeout, name));
      } catch (error) {
        throw error?.failureType ? error : failure("hookFailed", `failed running ${name} hook`, error);
      }
    }
  }

  finishRoot() {
    return this.#runHooks("after", this.context).catch((error) => this.fail(error));
  }

  /** The first failure is the one that is told. */
  fail(error) {
    this.error ??= error?.failureType ? error : failure("testCodeFailure", error?.message ?? String(error), error);
  }

  end(error = undefined) {
    if (this.isFinished) return;
    if (error !== undefined) this.fail(error);
    this.isFinished = true;
    this.#aborted.abort();
    this.finished.resolve();
  }
}

/** (t) => …, which may return a promise, or (t, done) => … */
function callTest(fn, context) {
  if (fn.length < 2) return fn.call(context, context);
  const { promise, resolve, reject } = Promise.withResolvers();
  const result = fn.call(context, context, (error) => (error ? reject(error) : resolve()));
  if (typeof result?.then === "function") {
    throw failure("callbackAndPromisePresent", "passed a callback but also returned a Promise");
  }
  return promise;
}

async function limited(fn, timeout, name) {
  if (timeout === Infinity) return fn();
  const late = Promise.withResolvers();
  const timer = setTimeout(() => late.reject(failure("hookFailed", `${name} hook timed out after ${timeout}ms`)), timeout);
  try {
    return await Promise.race([fn(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

class SuiteContext {
  #test;

  constructor(test) {
    this.#test = test;
  }

  get name() {
    return this.#test.name;
  }

  get fullName() {
    return this.#test.fullName;
  }

  get signal() {
    return this.#test.signal;
  }

  get filePath() {
    return globalThis.process.argv[1];
  }
}

class TestContext extends SuiteContext {
  #test;
  #assert;

  constructor(test) {
    super(test);
    this.#test = test;
  }

  get mock() {
    return this.#test.mock;
  }

  get passed() {
    return this.#test.isFinished && this.#test.error === undefined;
  }

  get error() {
    return this.#test.error ?? null;
  }

  /** node:assert's functions, which t.plan() counts. */
  get assert() {
    this.#assert ??= assertionsOf(this.#test);
    return this.#assert;
  }

  test(name, options, fn) {
    this.#test.counted++;
    return this.#test.add(new Test("test", declaration(name, options, fn), this.#test));
  }

  plan(count, options) {
    if (options?.wait) throw notSupported("The option wait of t.plan()");
    this.#test.planned = count;
  }

  diagnostic(message) {
    this.#test.diagnostics.push(message);
  }

  skip(message) {
    this.#test.skip = message ?? true;
  }

  todo(message) {
    this.#test.todo = message ?? true;
  }

  runOnly() {}

  before(fn, options) {
    this.#test.addHook("before", fn, options);
  }

  after(fn, options) {
    this.#test.addHook("after", fn, options);
  }

  beforeEach(fn, options) {
    this.#test.addHook("beforeEach", fn, options);
  }

  afterEach(fn, options) {
    this.#test.addHook("afterEach", fn, options);
  }

  /** Until condition() throws nothing any more. */
  async waitFor(condition, { interval = 50, timeout = 1000 } = {}) {
    validateFunction(condition, "condition");
    const end = performance.now() + timeout;
    for (;;) {
      try {
        return await condition();
      } catch (cause) {
        if (performance.now() >= end) throw Object.assign(new Error("waitFor() timed out"), { cause });
      }
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
  }
}

function assertionsOf(test) {
  const counted = {};
  for (const [name, fn] of Object.entries(assert)) {
    if (typeof fn !== "function" || /^[A-Z]/.test(name) || name === "strict") continue;
    counted[name] = (...args) => {
      test.counted++;
      return fn(...args);
    };
  }
  for (const name of ["snapshot", "fileSnapshot"]) {
    counted[name] = () => {
      throw notSupported(`t.assert.${name}()`, "tests here keep no snapshots");
    };
  }
  return counted;
}

let root;

/** What everything at a file's top level is below. Its report is written test by test, in their order. */
export function rootTest() {
  if (root !== undefined) return root;
  root = new Test("root", { name: "<root>" }, undefined);
  const start = performance.now();
  const { process } = globalThis;
  let told = 0;
  const write = (lines) => process.stdout.write(`${lines.join("\n")}\n`);
  const tell = () => {
    if (told === 0) write(["TAP version 13"]);
    while (root.children[told]?.isFinished) write(report(root.children[told], ++told));
  };
  const finish = () => {
    if (root.isFinished) return;
    for (const child of root.children) endBelow(child, HANGS);
    tell();
    write(summary(root, performance.now() - start));
    root.end();
    if (root.error !== undefined) write(report(root, 0));
    if (root.error !== undefined || root.children.some(({ error, todo }) => error !== undefined && todo === false)) {
      process.exitCode = 1;
    }
  };
  let cleaning;
  process.on("beforeExit", () => {
    // Hooks of the whole file may start something: then there is another 'beforeExit'.
    if (cleaning === undefined) cleaning = root.finishRoot().then(() => setImmediate(finish));
    else finish();
  });
  process.on("exit", finish);
  for (const type of ["uncaughtException", "unhandledRejection"]) {
    process.on(type, (error) => {
      const test = currentTest();
      if (test === undefined || test.isFinished) root.fail(failure(type, error?.message ?? String(error), error));
      else {
        test.fail(failure(type, error?.message ?? String(error), error));
        test.stop?.(test.error);
      }
    });
  }
  root.watch = (child) => child.finished.promise.then(tell);
  return root;
}

const HANGS = "Promise resolution is still pending but the event loop has already resolved";
const CANCELLED = "test did not finish before its parent and was cancelled";

function endBelow(test, message) {
  for (const child of test.children) endBelow(child, message);
  if (!test.isFinished) test.end(failure("cancelledByParent", message));
}

/** Declares below whatever runs now. */
export function declare(kind, given) {
  if (given.fn === undefined && kind === "suite" && given.skip === undefined) given.fn = () => {};
  const parent = currentTest() ?? rootTest();
  if (kind === "suite" && parent.kind === "test") throw new ERR_INVALID_ARG_TYPE("parent", "suite", parent.name);
  const test = new Test(kind, given, parent);
  if (kind === "suite") test.collect();
  const finished = parent.add(test);
  if (parent.kind === "root") parent.watch(test);
  // A suite's function may await what it declares, which runs when that function is over.
  return parent.kind === "suite" ? Promise.resolve() : finished;
}

export function hook(name, fn, options) {
  (currentTest() ?? rootTest()).addHook(name, fn, options);
}
