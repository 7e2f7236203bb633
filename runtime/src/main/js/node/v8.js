// node:v8, as far as it means anything without V8 - https://nodejs.org/api/v8.html
import { Buffer } from "internal:buffer/class";
import * as clone from "internal:serializer";
import { validateBuffer } from "internal:validators";
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

/** A function, or class, that fails. */
function refused(name) {
  return {
    [name]: function () {
      throw notSupported(`v8.${name}()`);
    },
  }[name];
}

/** A structured clone as bytes; for what can't be cloned Node throws an Error of no name of its own. */
export function serialize(value) {
  const { bytes } = cloned(value);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function cloned(value) {
  try {
    return clone.serialize(value);
  } catch (error) {
    throw error.name === "DataCloneError" ? new Error(error.message) : error;
  }
}

export function deserialize(buffer) {
  validateBuffer(buffer);
  return clone.deserialize(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength));
}

export const getHeapCodeStatistics = refused("getHeapCodeStatistics");
export const getHeapSnapshot = refused("getHeapSnapshot");
export const getHeapSpaceStatistics = refused("getHeapSpaceStatistics");
export const queryObjects = refused("queryObjects");
export const setHeapSnapshotNearHeapLimit = refused("setHeapSnapshotNearHeapLimit");
export const stopCoverage = refused("stopCoverage");
export const takeCoverage = refused("takeCoverage");
export const writeHeapSnapshot = refused("writeHeapSnapshot");
export const DefaultDeserializer = refused("DefaultDeserializer");
export const DefaultSerializer = refused("DefaultSerializer");
export const Deserializer = refused("Deserializer");
export const GCProfiler = refused("GCProfiler");
export const Serializer = refused("Serializer");
/** No program is one while a snapshot of Node's is built. */
export const startupSnapshot = {
  addAfterUserSerializeCallback: refused("startupSnapshot.addAfterUserSerializeCallback"),
  addDeserializeCallback: refused("startupSnapshot.addDeserializeCallback"),
  addSerializeCallback: refused("startupSnapshot.addSerializeCallback"),
  isBuildingSnapshot: () => false,
  setDeserializeMainFunction: refused("startupSnapshot.setDeserializeMainFunction"),
};
export const promiseHooks = {
  createHook: refused("promiseHooks.createHook"), onAfter: refused("promiseHooks.onAfter"),
  onBefore: refused("promiseHooks.onBefore"), onInit: refused("promiseHooks.onInit"),
  onSettled: refused("promiseHooks.onSettled"),
};

export default {
  cachedDataVersionTag, DefaultDeserializer, DefaultSerializer, deserialize, Deserializer, GCProfiler, getHeapCodeStatistics,
  getHeapSnapshot, getHeapSpaceStatistics, getHeapStatistics, promiseHooks, queryObjects, serialize, Serializer,
  setFlagsFromString, setHeapSnapshotNearHeapLimit, startupSnapshot, stopCoverage, takeCoverage, writeHeapSnapshot,
};
