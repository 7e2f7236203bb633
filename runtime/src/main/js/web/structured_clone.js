// structuredClone - https://html.spec.whatwg.org/#dom-structuredclone
// Here are its arguments; the copy is made in internal:cloner, loaded on first use.
import { load } from "internal:builtins";
import { defineGlobals } from "internal:define";
import { requireArguments, toSequence } from "internal:webidl";

/** A platform object with this method can be cloned; it returns the copy. */
export const clonePlatformObject = Symbol("clone");
/** A platform object with this method can be transferred; it returns the new owner. */
export const transferPlatformObject = Symbol("transfer");

/** Node: what a program has marked as not to be moved, and not to be copied. */
export const untransferable = new WeakSet();
export const uncloneable = new WeakSet();

export function structuredClone(value, options = undefined) {
  requireArguments(arguments.length, 1, "structuredClone");
  return cloneWithTransfer(value, toTransferList(options, "structuredClone")).value;
}

/** The copy of a value and the new owners of what was transferred, in order. */
export function cloneWithTransfer(value, transferList) {
  return load("internal:cloner").cloneWithTransfer(value, transferList);
}

/** From `{ transfer: [...] }`. */
export function toTransferList(options, where) {
  if (options === undefined || options === null) {
    return [];
  }
  if (typeof options !== "object" && typeof options !== "function") {
    throw new TypeError(`${where}: the options are not an object.`);
  }
  return options.transfer === undefined ? [] : toSequence(options.transfer, `${where}: transfer`);
}

defineGlobals({ structuredClone });
