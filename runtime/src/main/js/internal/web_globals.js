// Globals of the Web that few programs use, made when they are first used.
import { load } from "internal:builtins";
import { defineGlobalAttribute, defineGlobalsLazily } from "internal:define";

const PERFORMANCE = "internal:web/performance";

const INTERFACES = {
  "internal:web/broadcast_channel": ["BroadcastChannel"],
  "internal:web/event_source": ["EventSource"],
  "internal:web/web_assembly": ["WebAssembly"],
  "internal:web/html_rewriter": ["HTMLRewriter"],
  "internal:web/websocket": ["WebSocket", "WebSocketPair", "CloseEvent"],
  "internal:web/cache": ["Cache", "CacheStorage"],
  "internal:web/message_channel": ["MessageEvent", "MessagePort", "MessageChannel"],
  "internal:web/url_pattern": ["URLPattern"],
  [PERFORMANCE]: [
    "PerformanceEntry", "PerformanceMark", "PerformanceMeasure", "PerformanceObserver", "PerformanceObserverEntryList",
    "Performance",
  ],
};

for (const [module, names] of Object.entries(INTERFACES)) {
  defineGlobalsLazily(names, (name) => load(module)[name]);
}
defineGlobalAttribute("caches", () => load("internal:web/cache").caches);
defineGlobalAttribute("performance", () => load(PERFORMANCE).performance);
