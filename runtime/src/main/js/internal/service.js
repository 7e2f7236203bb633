// Service bindings: another program of the same process, asked without a socket.
// https://developers.cloudflare.com/workers/runtime-apis/bindings/service-bindings/http/
import { defineHiddenInterface, illegalConstructor } from "internal:define";
import { fetchHttp } from "internal:http_fetch";
import { requireArguments } from "internal:webidl";
import { Request, requestState } from "../web/request.js";

const secret = Symbol("Fetcher");

class Fetcher {
  #name;

  constructor() {
    if (arguments[0] !== secret) {
      throw illegalConstructor();
    }
    this.#name = arguments[1];
  }

  /** As the global fetch, but whatever the URL says, the service is asked. */
  async fetch(input, init = undefined) {
    const name = this.#name;
    requireArguments(arguments.length, 1, "Fetcher.fetch");
    const state = requestState(new Request(input, init));
    state.parentSignal?.throwIfAborted();
    if (!/^https?:/.test(state.url)) {
      throw new TypeError(`Fetcher.fetch: a service takes http and https URLs only, not ${state.url}`);
    }
    return fetchHttp(state, name);
  }
}

export function serviceNamed(name) {
  return new Fetcher(secret, name);
}

defineHiddenInterface("Fetcher", Fetcher);
