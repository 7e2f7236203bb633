// node:worker_threads - https://nodejs.org/api/worker_threads.html
// A program's thread is its only one; the channels work within it.
import { codes } from "internal:node_errors";
import { Refusal } from "internal:refused";

const refusal = new Refusal("worker_threads", "a program has one thread; `runnel run --isolates N` runs more of it");
const { ERR_INVALID_ARG_TYPE } = codes;

export const isMainThread = true;
export const isInternalThread = false;
export const parentPort = null;
export const workerData = null;
export const threadId = 0;
export const threadName = "";
export const resourceLimits = {};
export const SHARE_ENV = Symbol.for("nodejs.worker_threads.SHARE_ENV");
export const { MessageChannel, MessagePort } = globalThis;
export const Worker = refusal.of("Worker");
export const BroadcastChannel = refusal.of("BroadcastChannel");
export const moveMessagePortToContext = refusal.of("moveMessagePortToContext");
export const postMessageToThread = refusal.of("postMessageToThread");
export const receiveMessageOnPort = refusal.of("receiveMessageOnPort");
export const markAsUntransferable = refusal.of("markAsUntransferable");
export const markAsUncloneable = refusal.of("markAsUncloneable");
export const locks = undefined;

/** Nothing can be marked. */
export function isMarkedAsUntransferable() {
  return false;
}

const environment = new Map();

export function getEnvironmentData(key) {
  return environment.get(key);
}

export function setEnvironmentData(key, value) {
  if (key === undefined) throw new ERR_INVALID_ARG_TYPE("key", "any", key);
  if (value === undefined) environment.delete(key);
  else environment.set(key, structuredClone(value));
}

export default refusal.module({
  BroadcastChannel, getEnvironmentData, isInternalThread, isMainThread, isMarkedAsUntransferable, locks,
  markAsUncloneable, markAsUntransferable, MessageChannel, MessagePort, moveMessagePortToContext, parentPort,
  postMessageToThread, receiveMessageOnPort, resourceLimits, setEnvironmentData, SHARE_ENV, threadId, threadName, Worker,
  workerData,
});
