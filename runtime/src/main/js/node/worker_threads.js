// node:worker_threads - https://nodejs.org/api/worker_threads.html
// A worker is another isolate; nothing is shared with it, so messages are copied and SharedArrayBuffers refused.
import * as host from "host:threads";
import { codes } from "internal:node_errors";
import { program } from "internal:program";
import { Refusal } from "internal:refused";
import { addNodeMethods } from "internal:threads/node_port";
import { take, unpackWithHead } from "internal:threads/ports";
import { environment, SHARE_ENV, Worker } from "internal:threads/worker";
import { uncloneable, untransferable } from "../web/structured_clone.js";

const refusal = new Refusal("worker_threads", "it works within one context and one thread; ports reach all threads");
const { ERR_INVALID_ARG_TYPE } = codes;

export const { BroadcastChannel, MessageChannel, MessagePort } = globalThis;
addNodeMethods(MessagePort.prototype);

const { thread } = program;
const inherited = host.inherited();
const given = inherited === undefined ? undefined : unpackWithHead(inherited.slice(), 1);
for (const [key, value] of given?.data.environment ?? []) environment.set(key, value);

export const isMainThread = thread === undefined;
export const isInternalThread = false;
export const parentPort = given?.skipped[0] ?? null;
export const workerData = given === undefined ? null : given.data.data;
export const threadId = thread?.id ?? 0;
export const threadName = thread?.name ?? "";
export const resourceLimits = thread === undefined ? {} : { maxOldGenerationSizeMb: thread.memory / 2 ** 20 };
export const moveMessagePortToContext = refusal.of("moveMessagePortToContext");
export const postMessageToThread = refusal.of("postMessageToThread");
export const locks = undefined;
export { SHARE_ENV, Worker };

/** { message }, or undefined when none has come. */
export function receiveMessageOnPort(port) {
  if (!(port instanceof MessagePort)) throw new ERR_INVALID_ARG_TYPE("port", "MessagePort", port);
  return take(port);
}

export function markAsUntransferable(object) {
  if ((typeof object === "object" && object !== null) || typeof object === "function") untransferable.add(object);
}

export function isMarkedAsUntransferable(object) {
  return untransferable.has(object);
}

export function markAsUncloneable(object) {
  if ((typeof object === "object" && object !== null) || typeof object === "function") uncloneable.add(object);
}

export function getEnvironmentData(key) {
  return environment.get(key);
}

export function setEnvironmentData(key, value) {
  if (key === undefined) throw new ERR_INVALID_ARG_TYPE("key", "any", key);
  if (value === undefined) environment.delete(key);
  else environment.set(key, structuredClone(value));
}

export default {
  BroadcastChannel, getEnvironmentData, isInternalThread, isMainThread, isMarkedAsUntransferable, locks,
  markAsUncloneable, markAsUntransferable, MessageChannel, MessagePort, moveMessagePortToContext, parentPort,
  postMessageToThread, receiveMessageOnPort, resourceLimits, setEnvironmentData, SHARE_ENV, threadId, threadName, Worker,
  workerData,
};
