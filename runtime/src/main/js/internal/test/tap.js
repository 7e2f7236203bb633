// What tests report: TAP version 13 with Node's YAML blocks - https://testanything.org/tap-version-13-specification.html
import { inspect } from "internal:inspect";

/** A finished test and all below it, indented by its depth. */
export function report(test, number, depth = 0) {
  const lines = [`# Subtest: ${escaped(test.name)}`];
  test.children.forEach((child, i) => lines.push(...report(child, i + 1, 1)));
  if (test.children.length > 0) lines.push(`    1..${test.children.length}`);
  lines.push(`${test.error === undefined ? "ok" : "not ok"} ${number} - ${escaped(test.name)}${directive(test)}`, ...details(test));
  for (const message of test.diagnostics) lines.push(`# ${escaped(message)}`);
  return depth === 0 ? lines : lines.map((line) => `    ${line}`);
}

function directive({ skip, todo }) {
  if (skip !== false) return ` # SKIP${typeof skip === "string" ? ` ${escaped(skip)}` : ""}`;
  return todo === false ? "" : ` # TODO${typeof todo === "string" ? ` ${escaped(todo)}` : ""}`;
}

function details({ milliseconds, kind, error }) {
  const fields = [`duration_ms: ${milliseconds.toFixed(3)}`, `type: '${kind}'`];
  if (error !== undefined) {
    const cause = error.cause ?? error;
    fields.push(`failureType: '${error.failureType}'`, ...block("error", cause?.message ?? inspect(cause)));
    if (cause?.code !== undefined) fields.push(`code: '${cause.code}'`);
    for (const key of ["expected", "actual", "operator"]) {
      if (cause?.code === "ERR_ASSERTION" && key in cause) fields.push(...block(key, key === "operator" ? cause[key] : inspect(cause[key])));
    }
    if (typeof cause?.stack === "string") fields.push(...block("stack", cause.stack));
  }
  return ["---", ...fields, "..."].map((line) => `  ${line}`);
}

function block(key, text) {
  const lines = String(text).split("\n");
  return [`${key}: |-`, ...lines.map((line) => `  ${line}`)];
}

function escaped(text) {
  return String(text).replace(/[\\#]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\r", "\\r");
}

/** The last lines: how many of each there were. */
export function summary(root, milliseconds) {
  const counts = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
  for (const child of root.children) count(child, counts);
  const lines = Object.entries(counts).map(([name, number]) => `# ${name} ${number}`);
  return [`1..${root.children.length}`, ...lines, `# duration_ms ${milliseconds.toFixed(3)}`];
}

function count(test, counts) {
  for (const child of test.children) count(child, counts);
  if (test.kind === "suite") {
    counts.suites++;
    return;
  }
  counts.tests++;
  if (test.skip !== false) counts.skipped++;
  else if (test.todo !== false) counts.todo++;
  else if (test.error === undefined) counts.pass++;
  else if (test.error.failureType === "cancelledByParent") counts.cancelled++;
  else counts.fail++;
}
