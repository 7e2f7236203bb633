// cloudflare:workers - https://developers.cloudflare.com/workers/runtime-apis/bindings/#importing-env-as-a-global
import { env as bindings } from "internal:env";
import { keepAlive } from "internal:worker_events";
import { requireArguments } from "internal:webidl";

export const env = bindings();

export function waitUntil(promise) {
  requireArguments(arguments.length, 1, "waitUntil");
  keepAlive(promise);
}
