// node:test/reporters - https://nodejs.org/api/test.html#test-reporters
// A program's tests report in TAP; there is no run() whose events another reporter could take.
import { Refusal } from "internal:refused";

const refusal = new Refusal("test/reporters", "tests report in TAP");

export const dot = refusal.of("dot");
export const junit = refusal.of("junit");
export const lcov = refusal.of("lcov");
export const spec = refusal.of("spec");
export const tap = refusal.of("tap");

export default refusal.module({ dot, junit, lcov, spec, tap });
