// The globals process and Buffer, made when they are first used - https://nodejs.org/api/globals.html
import { load } from "internal:builtins";
import { defineGlobalsLazily } from "internal:define";

defineGlobalsLazily(["process"], () => load("process").default);
defineGlobalsLazily(["Buffer"], () => load("buffer").Buffer);
