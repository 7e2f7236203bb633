// Intl.Segmenter - https://tc39.es/ecma402/#segmenter-objects
import { defineTag } from "internal:define";
import * as host from "host:intl";
import { canonicalLocaleList, dataTag, resolveLocale, supportedLocalesOf } from "./locales.js";
import { matcherOption, optionsObject, stringOption } from "./options.js";
import { createFrom, defineMembers, internalSlots, requireNew, settingsOf, shape } from "./service.js";

const SERVICE = "Segmenter";
const slots = internalSlots("Intl.Segmenter");
const segmentsSlots = internalSlots("%Segments%");
const iteratorSlots = internalSlots("%SegmentIterator%");

export function Segmenter() {
  const [locales, optionsGiven] = arguments;
  requireNew(new.target, "Intl.Segmenter");
  const segmenter = createFrom(new.target, Segmenter);
  const requested = canonicalLocaleList(locales);
  const options = optionsObject(optionsGiven);
  matcherOption(options, SERVICE);
  const resolved = resolveLocale(SERVICE, requested, {});
  const granularities = ["grapheme", "word", "sentence"];
  const granularity = stringOption(options, "granularity", granularities, "grapheme", SERVICE);
  const settings = settingsOf({ locale: dataTag(resolved, {}), granularity });
  slots.set(segmenter, { resolved, granularity, settings });
  return segmenter;
}

const members = {
  segment(input) {
    const { settings, granularity } = slots.get(this, "segment");
    const segments = Object.create(SegmentsPrototype);
    segmentsSlots.set(segments, new Segments(settings, granularity, `${input}`));
    return segments;
  },
  resolvedOptions() {
    const { resolved, granularity } = slots.get(this, "resolvedOptions");
    return { locale: resolved.locale, granularity };
  },
};

/** The segments of one text. Their ends are asked for when the first is wanted. */
class Segments {
  #settings;
  #hasWords;
  #text;
  #ends;

  constructor(settings, granularity, text) {
    this.#settings = settings;
    this.#hasWords = granularity === "word";
    this.#text = text;
  }

  get #allEnds() {
    if (this.#ends === undefined) {
      const bytes = host.breaks(this.#settings, this.#text);
      this.#ends = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    }
    return this.#ends;
  }

  get count() {
    return this.#allEnds.length;
  }

  /** CreateSegmentDataObject */
  at(number) {
    const ends = this.#allEnds;
    const index = number === 0 ? 0 : ends[number - 1] >>> 1;
    const data = { segment: this.#text.slice(index, ends[number] >>> 1), index, input: this.#text };
    if (this.#hasWords) data.isWordLike = (ends[number] & 1) === 1;
    return data;
  }

  /** The number of the segment that holds the code unit at index; -1 outside of the text. */
  indexOf(index) {
    if (!(index >= 0 && index < this.#text.length)) return -1;
    const ends = this.#allEnds;
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ends[middle] >>> 1 > index) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const SegmentsPrototype = {};
defineMembers(SegmentsPrototype, {
  containing(index) {
    const segments = segmentsSlots.get(this, "containing");
    const number = segments.indexOf(Math.trunc(+index) || 0);
    return number < 0 ? undefined : segments.at(number);
  },
  [Symbol.iterator]() {
    const segments = segmentsSlots.get(this, "[Symbol.iterator]");
    const iterator = Object.create(SegmentIteratorPrototype);
    iteratorSlots.set(iterator, { segments, next: 0 });
    return iterator;
  },
});

const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
const SegmentIteratorPrototype = Object.create(IteratorPrototype);
defineMembers(SegmentIteratorPrototype, {
  next() {
    const state = iteratorSlots.get(this, "next");
    if (state.next >= state.segments.count) return { value: undefined, done: true };
    return { value: state.segments.at(state.next++), done: false };
  },
});
defineTag(SegmentIteratorPrototype, "Segmenter String Iterator");

shape(Segmenter, SERVICE, { members, statics: supportedLocalesOf(SERVICE) });
