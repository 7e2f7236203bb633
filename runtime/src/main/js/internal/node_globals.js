// The globals global, and process and Buffer, which are made when they are first used.
// https://nodejs.org/api/globals.html
import { load } from "internal:builtins";
import { defineGlobalsLazily } from "internal:define";

const attributes = { writable: true, enumerable: false, configurable: true };
Object.defineProperty(globalThis, "global", { value: globalThis, ...attributes });
defineGlobalsLazily(["process"], () => load("process").default);
defineGlobalsLazily(["Buffer"], () => load("buffer").Buffer);
