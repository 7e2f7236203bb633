// A worker that answers with the state of every API, a line each: group, name, state, separated by tabs.
// A state is `yes`, `all but` and what is missing, `imports only` and the error of using it, or `no` and the error that
// a program gets. Where the variable USES is set, what is there is also used, and `no` (or `in part`, with the error of
// the rest) what can't be.
import { language, quickJsModules, winterTC, workers, workersModules } from "./apis.mjs";
import { exportsOf, membersOf } from "./members.mjs";
import * as node from "./node-names.mjs";
import { usedInPart, uses } from "./uses.mjs";

export default {
  async fetch(_request, env, ctx) {
    const scope = { env, ctx };
    const known = [
      ...winterTC.map((name) => ["WinterTC", name, stateOf(name, scope)]),
      ...workers.map((name) => ["Workers", name, stateOf(name, scope)]),
      ...(await modules("Workers", workersModules)),
      ...node.globals.map((name) => ["Node's globals", name, stateOf(name, scope)]),
      ...(await modules("Node's modules", node.modules)),
      ...(await modules("QuickJS's modules", quickJsModules)),
      ...language.map((name) => ["ECMAScript", name, stateOf(name, scope)]),
    ];
    const rows = "USES" in env ? await Promise.all(known.map(used)) : known;
    return new Response(rows.map((row) => `${row.join("\t")}\n`).join(""));
  },
};

const UNAVAILABLE = "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM";

/** Other errors than that it isn't there are such a use's own. */
async function used([group, name, state]) {
  try {
    await uses[name]?.(group === "Node's modules" ? await import(name) : undefined);
  } catch (error) {
    const reason = error.cause ?? error;
    if (reason.code === UNAVAILABLE) return [group, name, `${usedInPart.has(name) ? "in part" : "no"}: ${textOf(reason)}`];
  }
  return [group, name, state];
}

function stateOf(path, scope) {
  try {
    return foundState(path, scope);
  } catch (error) {
    return `no: ${textOf(error)}`;
  }
}

function foundState(path, scope) {
  const names = path.split(".");
  const last = names.pop();
  const owner = names.reduce((value, name) => value?.[name], names[0] in scope ? scope : globalThis);
  if (owner === undefined || owner === null || !(last in owner)) {
    return `no: ${errorOfUsing(path, scope)}`;
  }
  return names.length === 0 ? complete(membersOf(owner[last]), node.members[last]) : "yes";
}

function errorOfUsing(path, { env, ctx }) {
  try {
    new Function("env", "ctx", `${path}()`)(env, ctx);
    throw new Error(`${path} is missing, and calling it gave no error.`);
  } catch (error) {
    return textOf(error);
  }
}

async function modules(group, expected) {
  const rows = [];
  for (const name of Object.keys(expected)) {
    rows.push([group, name, await moduleState(name, expected[name])]);
  }
  return rows;
}

async function moduleState(name, expected) {
  try {
    const namespace = await import(name);
    const refused = namespace.default?.[Symbol.for("runnel.refused")];
    return refused === undefined ? complete(exportsOf(namespace), expected) : `imports only: ${refused}`;
  } catch (error) {
    return `no: ${textOf(error)}`;
  }
}

function complete(names, expected = []) {
  const missing = expected.filter((name) => !names.includes(name));
  return missing.length === 0 ? "yes" : `all but: ${missing.join(", ")}`;
}

function textOf(error) {
  const code = error.code === undefined ? "" : ` [${error.code}]`;
  return `${error.name}${code}: ${error.message.split("\n")[0]}`;
}
