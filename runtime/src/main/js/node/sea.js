// node:sea - https://nodejs.org/api/single-executable-applications.html
import { Refusal } from "internal:refused";

const refusal = new Refusal("sea", "no program is a single executable here");

/** Programs are files. */
export function isSea() {
  return false;
}

export const getAsset = refusal.of("getAsset");
export const getAssetAsBlob = refusal.of("getAssetAsBlob");
export const getAssetKeys = refusal.of("getAssetKeys");
export const getRawAsset = refusal.of("getRawAsset");

export default refusal.module({ getAsset, getAssetAsBlob, getAssetKeys, getRawAsset, isSea });
