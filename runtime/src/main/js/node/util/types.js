// node:util/types - https://nodejs.org/api/util.html#utiltypes
import * as types from "internal:types";

export * from "internal:types";
export default { ...types };
