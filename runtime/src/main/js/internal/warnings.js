// process.emitWarning - https://nodejs.org/api/process.html#processemitwarningwarning-options
import * as host from "host:process";
import { codes } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { validateString } from "internal:validators";

let hinted = false;

export function emitWarning(warning, type, code, ctor) {
  let detail;
  if (type !== null && typeof type === "object" && !Array.isArray(type)) {
    ({ code, detail, ctor } = type);
    type = type.type || "Warning";
  } else if (typeof type === "function") {
    ctor = type;
    type = "Warning";
    code = "";
  }
  type ??= "Warning";
  validateString(type, "type");
  if (typeof code === "function") {
    ctor = code;
    code = undefined;
  } else if (code !== undefined) {
    validateString(code, "code");
  }
  if (typeof warning === "string") warning = makeWarning(warning, type, code, detail, ctor);
  else if (!(warning instanceof Error)) throw new codes.ERR_INVALID_ARG_TYPE("warning", ["Error", "string"], warning);
  const { process } = globalThis;
  if (warning.name === "DeprecationWarning") {
    if (process.noDeprecation) return;
    if (process.throwDeprecation) {
      nextTick(() => {
        throw warning;
      });
      return;
    }
  }
  nextTick(tell, warning);
}

function makeWarning(message, name, code, detail, ctor) {
  const warning = new Error(message);
  warning.name = String(name || "Warning");
  if (code !== undefined) warning.code = code;
  if (detail !== undefined) warning.detail = detail;
  Error.captureStackTrace?.(warning, ctor ?? emitWarning);
  return warning;
}

function tell(warning) {
  const { process } = globalThis;
  process.emit("warning", warning);
  if (process.noWarnings) return;
  const isDeprecation = warning.name === "DeprecationWarning";
  let text = `(node:${process.pid}) ${warning.code ? `[${warning.code}] ` : ""}`;
  text += isDeprecation && process.traceDeprecation && warning.stack ? warning.stack : `${warning.name}: ${warning.message}`;
  if (typeof warning.detail === "string") text += `\n${warning.detail}`;
  if (!hinted) {
    hinted = true;
    text += "\n(Use `process.on('warning', …)` to see where a warning was created)";
  }
  host.writeText(2, `${text}\n`);
}
