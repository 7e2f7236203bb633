// ProgressEvent - https://xhr.spec.whatwg.org/#interface-progressevent
import { defineInterfaces } from "internal:define";
import { requireArguments } from "internal:webidl";
import { Event } from "./event.js";

export class ProgressEvent extends Event {
  #lengthComputable;
  #loaded;
  #total;

  constructor(type, init = undefined) {
    requireArguments(arguments.length, 1, "ProgressEvent constructor");
    super(type, init);
    const { lengthComputable = false, loaded = 0, total = 0 } = init ?? {};
    this.#lengthComputable = Boolean(lengthComputable);
    this.#loaded = Number(loaded);
    this.#total = Number(total);
  }
  get lengthComputable() {
    return this.#lengthComputable;
  }
  get loaded() {
    return this.#loaded;
  }
  get total() {
    return this.#total;
  }
}

defineInterfaces({ ProgressEvent });
