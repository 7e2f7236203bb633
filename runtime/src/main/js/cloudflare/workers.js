// cloudflare:workers - https://developers.cloudflare.com/workers/runtime-apis/bindings/#importing-env-as-a-global
import { env as bindings } from "internal:env";
import { keepAlive } from "internal:worker_events";
import { requireArguments } from "internal:webidl";

export { WorkerEntrypoint } from "internal:worker_entrypoint";

export const env = bindings();

export function waitUntil(promise) {
  requireArguments(arguments.length, 1, "waitUntil");
  keepAlive(promise);
}

/** What Cloudflare's own platform is needed for can be imported, as frameworks do, and not be made. */
function refused(name, sentence) {
  return {
    [name]: class {
      constructor() {
        throw new Error(sentence);
      }
    },
  }[name];
}

export const DurableObject = refused("DurableObject", "Runnel has no Durable Objects.");
export const WorkflowEntrypoint = refused("WorkflowEntrypoint", "Runnel has no Workflows.");
export const RpcStub = refused("RpcStub", "Runnel has no RPC: services answer fetch() alone.");
export const RpcTarget = refused("RpcTarget", "Runnel has no RPC: services answer fetch() alone.");
