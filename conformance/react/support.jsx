// What React's cases share: recorders that log every callback and every chunk in the order they come.
import { Writable } from "stream";
import { renderToPipeableStream } from "react-dom/server.node";
import { renderToReadableStream } from "react-dom/server.web";

export function log(...words) {
  console.log(words.join(" "));
}

export function section(title) {
  log(`== ${title}`);
}

/** A promise that the case opens when it wants to. */
export function gate() {
  let open, fail;
  const promise = new Promise((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  promise.catch(() => {});
  return { promise, open, fail };
}

/** Lets React do all it can do without being given anything more. */
export async function idle() {
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((next) => setTimeout(next));
  }
}

/** Suspends until the gate opens, in the way that both React versions understand. */
export function suspending(gate) {
  const resource = { state: "pending", value: undefined };
  gate.promise.then(
    (value) => Object.assign(resource, { state: "here", value }),
    (error) => Object.assign(resource, { state: "failed", value: error }),
  );
  return function Late({ render = (value) => value }) {
    switch (resource.state) {
      case "here":
        return render(resource.value);
      case "failed":
        throw resource.value;
      default:
        throw gate.promise;
    }
  };
}

/** What a stream says about its own state is worded by each runtime; what a case throws is not. */
const wordsOfTheRuntime = (error) => error instanceof TypeError && /stream.*closed|closed.*stream/i.test(error.message);

export function reasonOf(reason) {
  if (!(reason instanceof Error)) {
    return String(reason);
  }
  return `${reason.name}: ${wordsOfTheRuntime(reason) ? "the stream is closed" : reason.message}`;
}

function logErrors(options) {
  return {
    onError(error) {
      log("onError:", reasonOf(error));
      return "digest";
    },
    ...options,
  };
}

/** A Node stream that logs each chunk; with `hold`, it takes the next one only when told to. */
export class Log extends Writable {
  #decoder = new TextDecoder();
  #held = [];

  constructor(options = {}) {
    super(options);
    this.hold = options.hold ?? false;
    this.on("finish", () => log("finish"));
    this.on("error", (error) => log("error:", reasonOf(error)));
    this.on("close", () => log("close"));
  }

  _write(chunk, _encoding, taken) {
    log(`chunk ${chunk.length}: ${this.#decoder.decode(chunk, { stream: true })}`);
    if (this.hold) {
      this.#held.push(taken);
    } else {
      taken();
    }
  }

  /** Says that the oldest held chunk was written. Returns false when there is none. */
  take() {
    const taken = this.#held.shift();
    taken?.();
    return taken !== undefined;
  }
}

/** renderToPipeableStream with every callback logged, piped into a {@link Log} at the callback named. */
export function pipe(element, options = {}, { at = "onShellReady", into = new Log() } = {}) {
  const callback = (name) => ({
    [name](...values) {
      log(name, ...values.map(reasonOf));
      if (name === at) {
        rendering.pipe(into);
      }
    },
  });
  const rendering = renderToPipeableStream(element, {
    ...callback("onShellReady"),
    ...callback("onShellError"),
    ...callback("onAllReady"),
    ...logErrors(options),
  });
  return { ...rendering, into };
}

/** renderToReadableStream, read to its end with every chunk logged. */
export async function web(element, options = {}) {
  try {
    const stream = await renderToReadableStream(element, logErrors(options));
    log("shell");
    stream.allReady.then(
      () => log("allReady"),
      (error) => log("allReady failed:", reasonOf(error)),
    );
    await read(stream);
  } catch (error) {
    log("rejected:", reasonOf(error));
  }
}

export async function read(stream) {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      log(`chunk ${next.value.length}: ${decoder.decode(next.value, { stream: true })}`);
    }
    log("end");
  } catch (error) {
    log("failed:", reasonOf(error));
  }
}

/** Runs one scenario through both streaming entry points: `act` is called once rendering has begun. */
export async function both(scenario) {
  section("renderToPipeableStream");
  const first = scenario();
  const { abort } = pipe(first.element, first.options);
  await idle();
  await first.act?.({ abort });
  await idle();

  section("renderToReadableStream");
  const second = scenario();
  const controller = new AbortController();
  const reading = web(second.element, { ...second.options, signal: controller.signal });
  await idle();
  await second.act?.({ abort: (reason) => controller.abort(reason) });
  // React 18 never settles a rendering that is aborted before its shell.
  await Promise.race([reading, idle()]);
}
