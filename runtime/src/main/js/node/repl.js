// node:repl - https://nodejs.org/api/repl.html
import { Refusal } from "internal:refused";

const refusal = new Refusal("repl", "there is nobody to read and evaluate for");

export const REPLServer = refusal.of("REPLServer");
export const Recoverable = refusal.of("Recoverable");
export const start = refusal.of("start");
export const isValidSyntax = refusal.of("isValidSyntax");
export const writer = refusal.of("writer");

export const REPL_MODE_SLOPPY = Symbol("repl-sloppy");
export const REPL_MODE_STRICT = Symbol("repl-strict");
export const builtinModules = [];

export default refusal.module({
  REPLServer, Recoverable, start, isValidSyntax, writer, REPL_MODE_SLOPPY, REPL_MODE_STRICT, builtinModules,
});
