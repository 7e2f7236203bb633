// Scheduled events: module syntax (`export default { scheduled }`) and service-worker syntax
// (`addEventListener("scheduled", …)`). https://developers.cloudflare.com/workers/runtime-apis/handlers/scheduled/
import { register } from "host:isolate";
import * as host from "host:schedule";
import { defineHiddenInterface, illegalConstructor } from "internal:define";
import { env } from "internal:env";
import { reportUncaught } from "internal:errors";
import { dispatchScheduledEvent, trackedContext } from "internal:worker_events";

const secret = Symbol("ScheduledController");

class ScheduledController {
  #cron;
  #scheduledTime;

  constructor() {
    if (arguments[0] !== secret) {
      throw illegalConstructor();
    }
    this.#cron = arguments[1];
    this.#scheduledTime = arguments[2];
  }
  get cron() {
    return this.#cron;
  }
  /** In milliseconds since 1970. */
  get scheduledTime() {
    return this.#scheduledTime;
  }
  get type() {
    this.#cron;
    return "scheduled";
  }
  /** A failed event is never tried again here. */
  noRetry() {
    this.#cron;
  }
}

/** handler: the module worker's own object, undefined for listeners. Java may send events from now on. */
export function handleScheduled(handler) {
  register("scheduled", (id, cron, time) => {
    run(handler, cron, time).then(
      (succeeded) => host.done(id, succeeded),
      (error) => {
        reportUncaught(error);
        host.done(id, false);
      },
    );
  });
}

/** Resolves to whether nothing failed, when all is over. */
async function run(handler, cron, time) {
  if (handler === undefined) {
    return dispatchScheduledEvent(cron, time);
  }
  const { context, settled } = trackedContext();
  await handler.scheduled(new ScheduledController(secret, cron, time), env(), context);
  return settled();
}

defineHiddenInterface("ScheduledController", ScheduledController);
