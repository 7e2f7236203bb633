// fetch - https://fetch.spec.whatwg.org/#fetch-method
import { load } from "internal:builtins";
import { defineGlobals } from "internal:define";
import { requireArguments } from "internal:webidl";
import { Request, requestState } from "./request.js";

export async function fetch(input, init = undefined) {
  requireArguments(arguments.length, 1, "fetch");
  const state = requestState(new Request(input, init));
  if (state.parentSignal?.aborted) {
    cancelBody(state.body, state.parentSignal.reason);
    throw state.parentSignal.reason;
  }
  return load("internal:scheme_fetch").schemeFetch(state);
}

/** A stream that nobody will read hears of it before fetch() returns. */
function cancelBody(body, reason) {
  if (body !== null && !body.isWhole) {
    body.stream.cancel(reason).catch(() => {});
  }
}

defineGlobals({ fetch });
