// node:cluster - https://nodejs.org/api/cluster.html
// A program is its own primary; `runnel run --isolates N` shares its ports between isolates.
import { Refusal } from "internal:refused";
import { EventEmitter } from "node:events";

const refusal = new Refusal("cluster", "a program starts no processes; `runnel run --isolates N` shares its ports");

const cluster = new EventEmitter();

export const SCHED_NONE = 1;
export const SCHED_RR = 2;
export const isMaster = true;
export const isPrimary = true;
export const isWorker = false;
export const schedulingPolicy = SCHED_RR;
export const settings = {};
export const workers = {};
export const Worker = refusal.of("Worker");
export const fork = refusal.of("fork");
export const setupPrimary = refusal.of("setupPrimary");
export const setupMaster = refusal.of("setupMaster");

/** There are no workers to disconnect. */
export function disconnect(callback) {
  if (typeof callback === "function") queueMicrotask(callback);
}

Object.assign(cluster, {
  SCHED_NONE, SCHED_RR, isMaster, isPrimary, isWorker, schedulingPolicy, settings, workers, Worker, fork, setupPrimary,
  setupMaster, disconnect,
});

export default refusal.module(cluster);
