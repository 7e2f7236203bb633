// Error.stack as V8 shapes it - https://v8.dev/docs/stack-trace-api
// QuickJS gives frames without the "Name: message" line and call sites with few methods; libraries such as
// depd read both.
import { withHeadroom } from "host:isolate";
import { kErrorCode } from "internal:node_errors";

const native = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");

/** What an error's stack starts with; an error of ours names its code too. */
function headOf(error) {
  try {
    const code = error?.[kErrorCode];
    if (typeof code === "string") {
      const { name, message } = error;
      return message === "" ? `${name} [${code}]` : `${name} [${code}]: ${message}`;
    }
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

function siteText(site) {
  const file = site.getFileName();
  const place = site.isNative() ? "native" : `${file}:${site.getLineNumber()}:${site.getColumnNumber()}`;
  const name = site.getFunctionName();
  const isNamed = name && name !== "<eval>" && name !== "<anonymous>";
  return isNamed ? `${site.isConstructor?.() ? "new " : ""}${name} (${place})` : place;
}


function defaultTrace(error, sites) {
  let text = headOf(error);
  for (const site of sites) text += `\n    at ${siteText(site)}`;
  return text;
}

let userFormat;

/** QuickJS lists Function.prototype.call and apply as frames of their own; V8 doesn't, and depd counts frames. */
function isCallOrApply(site) {
  if (!site.isNative()) return false;
  const name = site.getFunctionName();
  return name === "call" || name === "apply";
}

function format(error, allSites) {
  completeCallSites(allSites);
  const sites = allSites.some(isCallOrApply) ? allSites.filter((site) => !isCallOrApply(site)) : allSites;
  return userFormat === undefined ? defaultTrace(error, sites) : userFormat.call(Error, error, sites);
}

/** What V8's call sites answer besides QuickJS's own methods. */
const METHODS = {
  getThis: () => undefined,
  getTypeName: () => null,
  getMethodName: () => null,
  getEvalOrigin: () => undefined,
  isToplevel: () => true,
  isEval: () => false,
  isConstructor: () => false,
  isAsync: () => false,
  isPromiseAll: () => false,
  getPromiseIndex: () => null,
  getScriptHash: () => "",
  getPosition: () => 0,
  getScriptNameOrSourceURL() {
    return this.getFileName();
  },
  getEnclosingLineNumber() {
    return this.getLineNumber();
  },
  getEnclosingColumnNumber() {
    return this.getColumnNumber();
  },
  toString() {
    return siteText(this);
  },
};

let completed = false;

function completeCallSites(sites) {
  if (completed || sites.length === 0) return;
  completed = true;
  const proto = Object.getPrototypeOf(sites[0]);
  for (const [name, value] of Object.entries(METHODS)) {
    if (name === "toString" || !(name in proto)) {
      Object.defineProperty(proto, name, { value, configurable: true, writable: true });
    }
  }
}

// On V8 prepareStackTrace is a plain property and all of this is there already.
if (native?.set) {
  // Of the error of a stack that has overflowed too.
  native.set.call(Error, withHeadroom(format));
  Object.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    get: () => userFormat,
    set(fn) {
      userFormat = typeof fn === "function" ? fn : undefined;
    },
  });
}

