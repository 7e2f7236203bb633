// fetch - https://fetch.spec.whatwg.org/#fetch-method
import { load } from "internal:builtins";
import { defineGlobals } from "internal:define";
import { requireArguments } from "internal:webidl";
import { Request, requestState } from "./request.js";

export async function fetch(input, init = undefined) {
  requireArguments(arguments.length, 1, "fetch");
  const state = requestState(new Request(input, init));
  state.parentSignal?.throwIfAborted();
  return load("internal:scheme_fetch").schemeFetch(state);
}

defineGlobals({ fetch });
