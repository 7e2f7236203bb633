// node:assert/strict - https://nodejs.org/api/assert.html#strict-assertion-mode
import { strict } from "node:assert";

export const {
  fail, AssertionError, CallTracker, ok, equal, notEqual, deepEqual, notDeepEqual, deepStrictEqual, notDeepStrictEqual, strictEqual,
  notStrictEqual, throws, rejects, doesNotThrow, doesNotReject, ifError, match, doesNotMatch,
} = strict;
export { strict };
export default strict;
