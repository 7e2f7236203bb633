// node:v8, as far as it means anything without V8 - https://nodejs.org/api/v8.html
import { notSupported } from "internal:node_errors";

/** Numbers of the process's memory under V8's names. */
export function getHeapStatistics() {
  const { heapTotal, heapUsed } = globalThis.process.memoryUsage();
  return {
    total_heap_size: heapTotal, total_heap_size_executable: 0, total_physical_size: heapTotal,
    total_available_size: heapTotal - heapUsed, used_heap_size: heapUsed, heap_size_limit: heapTotal,
    malloced_memory: 0, peak_malloced_memory: 0, does_zap_garbage: 0, number_of_native_contexts: 1,
    number_of_detached_contexts: 0, total_global_handles_size: 0, used_global_handles_size: 0, external_memory: 0,
  };
}

export function cachedDataVersionTag() {
  return 0;
}

export function setFlagsFromString() {
  throw notSupported("v8.setFlagsFromString()", "the engine has no V8 flags");
}

function refused(name) {
  return {
    [name]() {
      throw notSupported(`v8.${name}()`);
    },
  }[name];
}

export const serialize = refused("serialize");
export const deserialize = refused("deserialize");
export const getHeapSnapshot = refused("getHeapSnapshot");
export const getHeapSpaceStatistics = refused("getHeapSpaceStatistics");
export const writeHeapSnapshot = refused("writeHeapSnapshot");

export default {
  cachedDataVersionTag, deserialize, getHeapSnapshot, getHeapSpaceStatistics, getHeapStatistics, serialize,
  setFlagsFromString, writeHeapSnapshot,
};
