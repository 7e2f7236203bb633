// PerformanceObservers hear of marks and measures in a task of their own, all that came before it at once.
const log = (...values) => console.log(values.join(" "));
const names = (entries) => entries.map(({ name }) => name).join(",");
const nextTask = () => new Promise((resolve) => setImmediate(resolve));

log(PerformanceObserver.supportedEntryTypes.filter((type) => /^m/.test(type)).join(" "));
const both = new PerformanceObserver(function (list, observer) {
  log("both", names(list.getEntries()), this === observer, list instanceof PerformanceObserverEntryList);
  log("  marks", names(list.getEntriesByType("mark")), "named", names(list.getEntriesByName("b")));
  log("  of both", names(list.getEntriesByName("b", "measure")) === "");
});
both.observe({ entryTypes: ["mark", "measure", "made-up"] });
const marks = new PerformanceObserver((list) => log("marks", names(list.getEntries())));
performance.mark("a", { startTime: 3 });
performance.mark("b", { startTime: 1 });
performance.measure("m", { start: 2, end: 5 });
log("before the task");
marks.observe({ type: "mark", buffered: true });
await nextTask();
await nextTask();

performance.mark("taken");
log("taken", names(both.takeRecords()), both.takeRecords().length);
both.disconnect();
marks.disconnect();
performance.mark("not seen");
await nextTask();
log("after disconnect");

const unknown = new PerformanceObserver(() => log("never"));
unknown.observe({ entryTypes: ["made-up"] });
const refusals = {
  "no callback": () => new PerformanceObserver(),
  "no function": () => new PerformanceObserver(1),
  "nothing to observe": () => new PerformanceObserver(() => {}).observe({}),
  "both kinds": () => new PerformanceObserver(() => {}).observe({ type: "mark", entryTypes: ["mark"] }),
  "one kind, then the other": () => {
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: "mark" });
    try {
      observer.observe({ entryTypes: ["mark"] });
    } finally {
      observer.disconnect();
    }
  },
  "made by hand": () => new PerformanceObserverEntryList(),
};
for (const [what, run] of Object.entries(refusals)) {
  try {
    run();
    log(what, "nothing");
  } catch (error) {
    log(what, error.name);
  }
}
