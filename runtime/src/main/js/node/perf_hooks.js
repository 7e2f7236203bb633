// node:perf_hooks - https://nodejs.org/api/perf_hooks.html
// performance is the Web's own; what measures the event loop from outside is not there.
import { notSupported } from "internal:node_errors";

export const {
  performance, Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver,
  PerformanceObserverEntryList, PerformanceResourceTiming,
} = globalThis;

export function monitorEventLoopDelay() {
  throw notSupported("perf_hooks.monitorEventLoopDelay()");
}

export function createHistogram() {
  throw notSupported("perf_hooks.createHistogram()");
}

export const constants = {
  NODE_PERFORMANCE_GC_MAJOR: 4, NODE_PERFORMANCE_GC_MINOR: 1, NODE_PERFORMANCE_GC_INCREMENTAL: 8,
  NODE_PERFORMANCE_GC_WEAKCB: 16,
};

export default {
  performance, Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver,
  PerformanceObserverEntryList, PerformanceResourceTiming, monitorEventLoopDelay, createHistogram, constants,
};
