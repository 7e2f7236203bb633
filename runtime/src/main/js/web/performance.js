// Performance and its timeline of marks and measures.
// https://w3c.github.io/hr-time/  https://w3c.github.io/performance-timeline/  https://w3c.github.io/user-timing/
import { defineHiddenInterface, illegalConstructor } from "internal:define";
import { reportUncaught } from "internal:errors";
import { Immediate } from "internal:timers";
import { isObject, requireArguments, toDOMString, toSequence } from "internal:webidl";
import { EventTarget } from "./event_target.js";
import { structuredClone } from "./structured_clone.js";
import * as host from "host:performance";

const secret = Symbol("Performance");

export class PerformanceEntry {
  #name;
  #entryType;
  #startTime;
  #duration;

  constructor() {
    const [key, name, entryType, startTime, duration] = arguments;
    if (key !== secret) {
      throw illegalConstructor();
    }
    this.#name = name;
    this.#entryType = entryType;
    this.#startTime = startTime;
    this.#duration = duration;
  }
  get name() {
    return this.#name;
  }
  get entryType() {
    return this.#entryType;
  }
  get startTime() {
    return this.#startTime;
  }
  get duration() {
    return this.#duration;
  }
  toJSON() {
    this.#duration;
    const { name, entryType, startTime, duration } = this;
    return { name, entryType, startTime, duration };
  }
}

export class PerformanceMark extends PerformanceEntry {
  #detail;

  constructor(markName, markOptions = undefined) {
    requireArguments(arguments.length, 1, "PerformanceMark constructor");
    const name = toDOMString(markName);
    const { startTime, detail } = toMarkOptions(markOptions);
    super(secret, name, "mark", startTime, 0);
    this.#detail = detail;
  }
  get detail() {
    return this.#detail;
  }
  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}

export class PerformanceMeasure extends PerformanceEntry {
  #detail;

  constructor() {
    const [key, name, startTime, duration, detail] = arguments;
    super(key, name, "measure", startTime, duration);
    this.#detail = detail;
  }
  get detail() {
    return this.#detail;
  }
  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}

/** What observers are told of, in alphabetical order as the standard wants it. */
const ENTRY_TYPES = Object.freeze(["mark", "measure"]);

/** Those that observe something, in the order in which they began. */
const observers = new Set();
let isDelivering = false;
let offer;
let tell;
let listOf;

export class PerformanceObserverEntryList {
  #entries;

  constructor() {
    const [key, entries] = arguments;
    if (key !== secret) {
      throw illegalConstructor();
    }
    this.#entries = sorted(entries);
  }
  getEntries() {
    return [...this.#entries];
  }
  getEntriesByType(type) {
    requireArguments(arguments.length, 1, "PerformanceObserverEntryList.getEntriesByType");
    return ofType(this.#entries, type);
  }
  getEntriesByName(name, type = undefined) {
    requireArguments(arguments.length, 1, "PerformanceObserverEntryList.getEntriesByName");
    return ofName(this.#entries, name, type);
  }
}

/** https://w3c.github.io/performance-timeline/#the-performanceobserver-interface */
export class PerformanceObserver {
  #callback;
  #types = new Set();
  /** "types" or "type": which of both kinds of observe() it is used with. */
  #kind;
  #buffer = [];

  static {
    offer = (observer, entry) => {
      if (observer.#types.has(entry.entryType)) observer.#queue(entry);
    };
    tell = (observer) => observer.#tell();
  }

  static get supportedEntryTypes() {
    return ENTRY_TYPES;
  }

  constructor(callback) {
    requireArguments(arguments.length, 1, "PerformanceObserver constructor");
    if (typeof callback !== "function") {
      throw new TypeError("PerformanceObserver constructor: the callback is not a function.");
    }
    this.#callback = callback;
  }

  observe(options = {}) {
    this.#types;
    if (!isObject(options)) {
      throw new TypeError("PerformanceObserver.observe: the options are not an object.");
    }
    const { buffered, entryTypes, type } = options;
    if (entryTypes === undefined && type === undefined) {
      throw new TypeError("PerformanceObserver.observe: the options need entryTypes or a type.");
    }
    if (entryTypes !== undefined && (type !== undefined || buffered !== undefined)) {
      throw new TypeError("PerformanceObserver.observe: entryTypes stands alone in its options.");
    }
    this.#useAs(type === undefined ? "types" : "type");
    if (type === undefined) this.#observeAll(toSequence(entryTypes, "PerformanceObserver.observe: entryTypes"));
    else this.#observeOne(toDOMString(type), Boolean(buffered));
  }

  disconnect() {
    this.#buffer = [];
    this.#types.clear();
    this.#kind = undefined;
    observers.delete(this);
  }

  takeRecords() {
    const entries = this.#buffer;
    this.#buffer = [];
    return entries;
  }

  #useAs(kind) {
    if (this.#kind !== undefined && this.#kind !== kind) {
      const sentence = "PerformanceObserver.observe: it observes entryTypes or a type, not both.";
      throw new DOMException(sentence, "InvalidModificationError");
    }
    this.#kind = kind;
  }

  #observeAll(names) {
    const known = names.map(toDOMString).filter((name) => ENTRY_TYPES.includes(name));
    if (known.length === 0) return;
    this.#types = new Set(known);
    observers.add(this);
  }

  #observeOne(name, isBuffered) {
    if (!ENTRY_TYPES.includes(name)) return;
    this.#types.add(name);
    observers.add(this);
    if (isBuffered) performance.getEntriesByType(name).forEach((entry) => this.#queue(entry));
  }

  #queue(entry) {
    this.#buffer.push(entry);
    if (!isDelivering) {
      isDelivering = true;
      new Immediate(deliver, []);
    }
  }

  #tell() {
    if (this.#buffer.length === 0) return;
    const list = new PerformanceObserverEntryList(secret, this.takeRecords());
    try {
      // The third argument would count entries that a full buffer has dropped; this one is never full.
      this.#callback.call(this, list, this, { droppedEntriesCount: 0 });
    } catch (error) {
      reportUncaught(error);
    }
  }
}

/** One task for all that has come meanwhile. */
function deliver() {
  isDelivering = false;
  [...observers].forEach(tell);
}

function sorted(entries) {
  return entries.toSorted((a, b) => a.startTime - b.startTime);
}

function ofType(entries, type) {
  const wanted = toDOMString(type);
  return entries.filter(({ entryType }) => entryType === wanted);
}

function ofName(entries, name, type) {
  const wanted = toDOMString(name);
  const kind = type === undefined ? undefined : toDOMString(type);
  return entries.filter((entry) => entry.name === wanted && (kind === undefined || entry.entryType === kind));
}

export class Performance extends EventTarget {
  /** Marks and measures, in order of creation. */
  #entries = [];

  constructor() {
    if (arguments[0] !== secret) {
      throw illegalConstructor();
    }
    super();
  }

  now() {
    this.#entries; // brand check
    return host.now();
  }
  get timeOrigin() {
    this.#entries;
    return host.timeOrigin();
  }
  toJSON() {
    this.#entries;
    return { timeOrigin: host.timeOrigin() };
  }

  mark(markName, markOptions = undefined) {
    requireArguments(arguments.length, 1, "Performance.mark");
    const mark = new PerformanceMark(markName, markOptions);
    this.#add(mark);
    return mark;
  }

  measure(measureName, startOrMeasureOptions = undefined, endMark = undefined) {
    requireArguments(arguments.length, 1, "Performance.measure");
    const name = toDOMString(measureName);
    const { start, end, detail } = this.#span(startOrMeasureOptions, endMark);
    const measure = new PerformanceMeasure(secret, name, start, end - start, detail);
    this.#add(measure);
    return measure;
  }

  clearMarks(markName = undefined) {
    this.#clear("mark", markName);
  }
  clearMeasures(measureName = undefined) {
    this.#clear("measure", measureName);
  }

  getEntries() {
    return sorted(this.#entries);
  }
  getEntriesByType(type) {
    requireArguments(arguments.length, 1, "Performance.getEntriesByType");
    return ofType(sorted(this.#entries), type);
  }
  getEntriesByName(name, type = undefined) {
    requireArguments(arguments.length, 1, "Performance.getEntriesByName");
    return ofName(sorted(this.#entries), name, type);
  }

  #add(entry) {
    this.#entries.push(entry);
    observers.forEach((observer) => offer(observer, entry));
  }

  #clear(type, name) {
    const wanted = name === undefined ? undefined : toDOMString(name);
    this.#entries = this.#entries.filter(
      (entry) => entry.entryType !== type || (wanted !== undefined && entry.name !== wanted),
    );
  }

  /** https://w3c.github.io/user-timing/#measure-method */
  #span(given, endMark) {
    const isName = given !== undefined && given !== null && !isObject(given);
    const { detail, duration, end, start } = isName ? {} : (given ?? {});
    if ([detail, duration, end, start].every((member) => member === undefined)) {
      return {
        end: endMark === undefined ? host.now() : this.#timeOf(endMark),
        start: isName ? this.#timeOf(given) : 0,
        detail: null,
      };
    }
    checkSpan(start, end, duration, endMark);
    return { ...this.#bounds(start, end, duration), detail: cloneDetail(detail) };
  }

  #bounds(start, end, duration) {
    const from = start === undefined ? undefined : this.#timeOf(start);
    const to = end === undefined ? undefined : this.#timeOf(end);
    const length = duration === undefined ? undefined : this.#timeOf(duration);
    return {
      start: from ?? (length === undefined ? 0 : to - length),
      end: to ?? (from !== undefined && length !== undefined ? from + length : host.now()),
    };
  }

  /** A number is a time; anything else names the latest mark of that name. */
  #timeOf(mark) {
    if (typeof mark === "number") {
      if (mark < 0 || Number.isNaN(mark)) {
        throw new TypeError(`Performance.measure: the time stamp ${mark} is negative or not a number.`);
      }
      return mark;
    }
    const name = toDOMString(mark);
    const found = this.#entries.findLast((entry) => entry.entryType === "mark" && entry.name === name);
    if (found === undefined) {
      throw new DOMException(`The mark '${name}' does not exist.`, "SyntaxError");
    }
    return found.startTime;
  }
}

function checkSpan(start, end, duration, endMark) {
  if (endMark !== undefined) {
    throw new TypeError("Performance.measure: an end mark can't be given together with options.");
  }
  if (start === undefined && end === undefined) {
    throw new TypeError("Performance.measure: the options need a start or an end.");
  }
  if (start !== undefined && end !== undefined && duration !== undefined) {
    throw new TypeError("Performance.measure: the options can't have start, end and duration at once.");
  }
}

function toMarkOptions(options) {
  if (options !== undefined && options !== null && !isObject(options)) {
    throw new TypeError("PerformanceMark constructor: the options are not an object.");
  }
  const { startTime, detail } = options ?? {};
  const time = startTime === undefined ? host.now() : Number(startTime);
  if (time < 0 || !Number.isFinite(time)) {
    throw new TypeError(`PerformanceMark constructor: the startTime ${startTime} is negative or not finite.`);
  }
  return { startTime: time, detail: cloneDetail(detail) };
}

function cloneDetail(detail) {
  return detail === undefined || detail === null ? null : structuredClone(detail);
}

defineHiddenInterface("PerformanceEntry", PerformanceEntry);
defineHiddenInterface("PerformanceMark", PerformanceMark);
defineHiddenInterface("PerformanceMeasure", PerformanceMeasure);
defineHiddenInterface("PerformanceObserver", PerformanceObserver);
defineHiddenInterface("PerformanceObserverEntryList", PerformanceObserverEntryList);
defineHiddenInterface("Performance", Performance);
export const performance = new Performance(secret);
