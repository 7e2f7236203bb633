// The small globals: self, navigator, queueMicrotask, reportError, atob and btoa.
import { capture } from "internal:async_context";
import { defineGlobalAttribute, defineGlobals, defineInterfaces, illegalConstructor } from "internal:define";
import { reportUncaught } from "internal:errors";
import { requireArguments, toDOMString } from "internal:webidl";
import * as host from "host:performance";

const secret = Symbol("Navigator");
const enqueue = globalThis.queueMicrotask;
const nativeAtob = globalThis.atob;
const nativeBtoa = globalThis.btoa;

class Navigator {
  #brand;

  constructor() {
    if (arguments[0] !== secret) {
      throw illegalConstructor();
    }
  }
  get userAgent() {
    this.#brand;
    return `Runnel/${host.version()}`;
  }
}

// https://html.spec.whatwg.org/#microtask-queuing
function queueMicrotask(callback) {
  requireArguments(arguments.length, 1, "queueMicrotask");
  if (typeof callback !== "function") {
    throw new TypeError("queueMicrotask: the callback is not a function.");
  }
  const run = capture(callback);
  enqueue(() => {
    try {
      run();
    } catch (error) {
      reportUncaught(error);
    }
  });
}

// https://html.spec.whatwg.org/#dom-reporterror
function reportError(error) {
  requireArguments(arguments.length, 1, "reportError");
  reportUncaught(error);
}

// https://infra.spec.whatwg.org/#forgiving-base64
function atob(data) {
  requireArguments(arguments.length, 1, "atob");
  return nativeAtob(toDOMString(data));
}

function btoa(data) {
  requireArguments(arguments.length, 1, "btoa");
  return nativeBtoa(toDOMString(data));
}

defineInterfaces({ Navigator });
defineGlobals({ queueMicrotask, reportError, atob, btoa });
const navigator = new Navigator(secret);
defineGlobalAttribute("self", () => globalThis);
defineGlobalAttribute("navigator", () => navigator);
