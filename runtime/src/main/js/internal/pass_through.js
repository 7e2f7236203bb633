// passThroughOnException: a request whose handler failed is answered by the origin that the program stands before.
// https://developers.cloudflare.com/workers/runtime-apis/context/#passthroughonexception
import { runInFrame } from "internal:async_context";
import { reportUncaught } from "internal:errors";
import { failExchange } from "internal:exchange";
import { fetchHttp } from "internal:http_fetch";
import { program } from "internal:program";
import { Request, requestState } from "../web/request.js";

/** answer(response) sends what the origin says. The handler's error is reported in any case. */
export function passThrough(exchange, request, error, answer) {
  const obstacle = obstacleTo(request);
  if (obstacle !== undefined) {
    failExchange(exchange, error);
    reportUncaught(new Error(`passThroughOnException() was called, but the request can't be passed on: ${obstacle}`));
    return;
  }
  // Outside of the request's frame, in which an error is its answer.
  runInFrame(undefined, reportUncaught, undefined, [error]);
  const { pathname, search } = new URL(request.url);
  const passed = new Request(new URL(pathname + search, program.origin), request);
  const state = requestState(passed);
  state.redirect = "manual";
  fetchHttp(state).then(answer, (failure) => failExchange(exchange, failure));
}

function obstacleTo(request) {
  if (program.origin === "") {
    return "no origin is configured. `runnel run --origin URL` names one.";
  }
  return request.bodyUsed ? "its body has been read." : undefined;
}
