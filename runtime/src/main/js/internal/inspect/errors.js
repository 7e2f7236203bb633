// How util.inspect shows errors: their stack, with the class and what the stack doesn't say.
import { prefix } from "internal:inspect/prefix";

/** Returns the text and takes out of keys what the text already says; adds "cause" and "errors". */
export function formatError(ctx, error, constructor, tag, keys) {
  const name = error.name === undefined || error.name === null ? "Error" : String(error.name);
  const message = textOf(error, "message");
  let stack = stackOf(error, name, message);
  if (!ctx.showHidden) for (const key of ["name", "message", "stack"]) dropWhenShown(keys, key, error, stack);
  if ("cause" in error && Object.hasOwn(error, "cause") && !keys.includes("cause")) keys.push("cause");
  if (Array.isArray(error.errors) && Object.hasOwn(error, "errors") && !keys.includes("errors")) keys.push("errors");
  stack = improved(stack, constructor, name, tag);
  const end = Math.max(0, message ? stack.indexOf(message) + message.length : 0);
  const frames = stack.indexOf("\n    at", end);
  if (frames === -1) stack = `[${stack}]`;
  return ctx.indentation === 0 ? stack : stack.replaceAll("\n", `\n${" ".repeat(ctx.indentation)}`);
}

function textOf(error, key) {
  const value = error[key];
  return value === undefined || value === null ? "" : String(value);
}

function stackOf(error, name, message) {
  const stack = error.stack;
  if (typeof stack === "string" && stack !== "") return renamed(stack, error, name, message);
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return message === "" ? name : `${name}: ${message}`;
  }
}

const NATIVE = [TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, Error];

/**
 * V8 makes the first line when the stack is first read, our engine when the error is made: before a constructor
 * has set `this.name`. So the line is brought up to date here.
 */
function renamed(stack, error, name, message) {
  const native = NATIVE.find((Class) => error instanceof Class)?.name;
  if (native === undefined || native === name) return stack;
  const first = message === "" ? native : `${native}: ${message}`;
  if (!stack.startsWith(`${first}\n`) && stack !== first) return stack;
  return `${message === "" ? name : `${name}: ${message}`}${stack.slice(first.length)}`;
}

function dropWhenShown(keys, key, error, stack) {
  const position = keys.indexOf(key);
  if (position === -1) return;
  const value = error[key];
  if (typeof value !== "string" || stack.includes(value)) keys.splice(position, 1);
}

const STARTS_LIKE_AN_ERROR = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/;
const IS_AN_ERROR_NAME = /^([a-z_A-Z0-9-]*Error)$/;

/** A stack names the error's `name`; the class is put in front where it says more: "MyError [Error]: …". */
function improved(stack, constructor, name, tag) {
  if (constructor === null) {
    const named = (STARTS_LIKE_AN_ERROR.exec(stack) ?? IS_AN_ERROR_NAME.exec(stack))?.[1] ?? "";
    return replaceHead(stack, named, name, prefix(null, tag, named || "Error").slice(0, -1));
  }
  if (!name.endsWith("Error") || !stack.startsWith(name) || !endsAt(stack, name.length)) return stack;
  return replaceHead(stack, name, name, prefix(constructor, tag, "Error").slice(0, -1));
}

function replaceHead(stack, head, name, wanted) {
  if (name === wanted) return stack;
  const rest = stack.slice(head.length);
  if (!wanted.includes(name)) return `${wanted} [${name}]${rest}`;
  return head === "" ? `${wanted}: ${stack}` : `${wanted}${rest}`;
}

function endsAt(stack, end) {
  return stack.length === end || stack[end] === ":" || stack[end] === "\n";
}
