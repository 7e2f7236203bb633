// node:util/types - https://nodejs.org/api/util.html#utiltypes
import * as types from "internal:types";

export * from "internal:types";
/** Also `types` of node:util: the same object. */
const namespace = { ...types };

export default namespace;
