// Performance and its timeline of marks and measures.
// https://w3c.github.io/hr-time/  https://w3c.github.io/performance-timeline/  https://w3c.github.io/user-timing/
import { defineHiddenInterface, illegalConstructor } from "internal:define";
import { isObject, requireArguments, toDOMString } from "internal:webidl";
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
    this.#entries.push(mark);
    return mark;
  }

  measure(measureName, startOrMeasureOptions = undefined, endMark = undefined) {
    requireArguments(arguments.length, 1, "Performance.measure");
    const name = toDOMString(measureName);
    const { start, end, detail } = this.#span(startOrMeasureOptions, endMark);
    const measure = new PerformanceMeasure(secret, name, start, end - start, detail);
    this.#entries.push(measure);
    return measure;
  }

  clearMarks(markName = undefined) {
    this.#clear("mark", markName);
  }
  clearMeasures(measureName = undefined) {
    this.#clear("measure", measureName);
  }

  getEntries() {
    return this.#sorted();
  }
  getEntriesByType(type) {
    requireArguments(arguments.length, 1, "Performance.getEntriesByType");
    const wanted = toDOMString(type);
    return this.#sorted().filter(({ entryType }) => entryType === wanted);
  }
  getEntriesByName(name, type = undefined) {
    requireArguments(arguments.length, 1, "Performance.getEntriesByName");
    const wanted = toDOMString(name);
    const kind = type === undefined ? undefined : toDOMString(type);
    return this.#sorted().filter(
      (entry) => entry.name === wanted && (kind === undefined || entry.entryType === kind),
    );
  }

  #sorted() {
    return this.#entries.toSorted((a, b) => a.startTime - b.startTime);
  }

  #clear(type, name) {
    const wanted = name === undefined ? undefined : toDOMString(name);
    this.#entries = this.#entries.filter(
      (entry) => entry.entryType !== type || (wanted !== undefined && entry.name !== wanted),
    );
  }

  /** https://w3c.github.io/user-timing/#measure-method */
  #span(startOrOptions, endMark) {
    if (!isObject(startOrOptions) || Object.keys(startOrOptions).length === 0) {
      const end = endMark === undefined ? host.now() : this.#timeOf(endMark);
      const start = startOrOptions === undefined || isObject(startOrOptions) ? 0 : this.#timeOf(startOrOptions);
      return { start, end, detail: null };
    }
    const { start, end, duration, detail } = startOrOptions;
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
defineHiddenInterface("Performance", Performance);
export const performance = new Performance(secret);
