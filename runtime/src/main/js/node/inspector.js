// node:inspector - https://nodejs.org/api/inspector.html
import { Refusal } from "internal:refused";

const refusal = new Refusal("inspector", "no debugger can be attached");

export const Session = refusal.of("Session");
export const open = refusal.of("open");
export const waitForDebugger = refusal.of("waitForDebugger");

/** No inspector is active. */
export function url() {
  return undefined;
}

export function close() {
  // There is none to close.
}

export const console = globalThis.console;
export const Network = {};
export const NetworkResources = {};

export default refusal.module({
  Session, open, waitForDebugger, url, close, console, Network, NetworkResources,
});
