// node:trace_events - https://nodejs.org/api/tracing.html
import { Refusal } from "internal:refused";

const refusal = new Refusal("trace_events", "there is nothing that traces are written to");

export const createTracing = refusal.of("createTracing");

/** No category is traced. */
export function getEnabledCategories() {
  return undefined;
}

export default refusal.module({ createTracing, getEnabledCategories });
