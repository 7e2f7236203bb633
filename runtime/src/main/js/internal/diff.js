// The shortest edit script between two lists - E. W. Myers, An O(ND) Difference Algorithm and Its Variations (1986);
// https://nodejs.org/api/util.html#utildiffactual-expected
import { codes } from "internal:node_errors";

const { ERR_INVALID_ARG_TYPE } = codes;
const ONLY_EXPECTED = -1;
const SAME = 0;
const ONLY_ACTUAL = 1;

/** Pairs of 1 (actual alone has it), 0 or -1 (expected alone has it) and the element; none when both are the same. */
export function diff(actual, expected) {
  if (actual === expected) return [];
  const [from, to] = [toList(actual, "actual"), toList(expected, "expected")];
  if (from.length === to.length && from.every((item, i) => item === to[i])) return [];
  return pathThrough(furthestReaching(from, to), from, to);
}

function toList(value, name) {
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      if (typeof item !== "string") throw new ERR_INVALID_ARG_TYPE(`${name}[${i}]`, "string", item);
    });
    return value;
  }
  if (typeof value !== "string") throw new ERR_INVALID_ARG_TYPE(name, ["Array", "string"], value);
  return [...Array(value.length).keys()].map((i) => value[i]);
}

/** For each number of edits, how far along `from` one gets on each diagonal: index diagonal + edits + 1. */
function furthestReaching(from, to) {
  const reached = [];
  let last = Int32Array.of(0, 0, 0);
  for (let edits = 0; ; edits++) {
    const next = new Int32Array(2 * edits + 5);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = startOn(last, diagonal, edits);
      while (x < from.length && x - diagonal < to.length && from[x] === to[x - diagonal]) x++;
      next[diagonal + edits + 2] = x;
      if (x >= from.length && x - diagonal >= to.length) return [...reached, last];
    }
    reached.push(last);
    last = next;
  }
}

/** `last` has one edit less; what lies beyond its diagonals is never further. */
function startOn(last, diagonal, edits) {
  const at = diagonal + edits + 1;
  const isDown = diagonal === -edits || (diagonal !== edits && last[at - 1] < last[at + 1]);
  return isDown ? (last[at + 1] ?? 0) : last[at - 1] + 1;
}

function pathThrough(reached, from, to) {
  const script = [];
  let [x, y] = [from.length, to.length];
  for (let edits = reached.length - 1; edits >= 0; edits--) {
    const start = edits === 0 ? 0 : startOn(reached[edits], x - y, edits);
    while (x > start) {
      script.push([SAME, from[--x]]);
      y--;
    }
    if (edits === 0) break;
    const at = x - y + edits + 1;
    const isDown = x - y === -edits || (x - y !== edits && reached[edits][at - 1] < reached[edits][at + 1]);
    script.push(isDown ? [ONLY_EXPECTED, to[--y]] : [ONLY_ACTUAL, from[--x]]);
  }
  return script.reverse();
}
