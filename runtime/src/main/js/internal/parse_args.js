// util.parseArgs - https://nodejs.org/api/util.html#utilparseargsconfig
import { codes } from "internal:node_errors";
import { validateArray, validateBoolean, validateObject, validateOneOf, validateString, validateStringArray } from "internal:validators";

const {
  ERR_INVALID_ARG_VALUE, ERR_PARSE_ARGS_INVALID_OPTION_VALUE, ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL,
  ERR_PARSE_ARGS_UNKNOWN_OPTION,
} = codes;

export function parseArgs(config = {}) {
  const args = config.args ?? globalThis.process.argv.slice(2);
  const strict = config.strict ?? true;
  const settings = {
    strict,
    allowPositionals: config.allowPositionals ?? !strict,
    allowNegative: config.allowNegative ?? false,
    options: config.options ?? {},
  };
  validateArray(args, "args");
  validateBoolean(strict, "strict");
  validateBoolean(settings.allowPositionals, "allowPositionals");
  validateOptions(settings.options);
  const tokens = tokenize(args, settings);
  const result = { values: { __proto__: null }, positionals: [] };
  if (config.tokens) result.tokens = tokens;
  for (const token of tokens) store(token, result, settings);
  for (const [name, option] of Object.entries(settings.options)) {
    if (option.default !== undefined && !(name in result.values)) result.values[name] = option.default;
  }
  return result;
}

function validateOptions(options) {
  validateObject(options, "options");
  for (const [name, option] of Object.entries(options)) {
    validateObject(option, `options.${name}`);
    validateOneOf(option.type, `options.${name}.type`, ["string", "boolean"]);
    if (Object.hasOwn(option, "short")) {
      validateString(option.short, `options.${name}.short`);
      if (option.short.length !== 1) {
        throw new ERR_INVALID_ARG_VALUE(`options.${name}.short`, option.short, "must be a single character");
      }
    }
    if (Object.hasOwn(option, "multiple")) validateBoolean(option.multiple, `options.${name}.multiple`);
    validateDefault(name, option);
  }
}

function validateDefault(name, option) {
  if (option.default === undefined) return;
  const where = `options.${name}.default`;
  if (option.multiple) {
    if (option.type === "string") validateStringArray(option.default, where);
    else validateArray(option.default, where);
  } else if (option.type === "string") {
    validateString(option.default, where);
  } else {
    validateBoolean(option.default, where);
  }
}

function longNameOf(short, options) {
  return Object.keys(options).find((name) => options[name].short === short) ?? short;
}

function isOptionValue(arg) {
  return arg !== undefined && arg !== null && (arg.length < 2 || arg[0] !== "-");
}

/** Tokens of kind "option", "positional" and "option-terminator", each with the index of its argument. */
function tokenize(args, { options }) {
  const tokens = [];
  const rest = args.map((arg, index) => ({ arg, index }));
  while (rest.length > 0) {
    const { arg, index, isGroupPart } = rest.shift();
    if (arg === "--") {
      tokens.push({ kind: "option-terminator", index });
      for (const each of rest.splice(0)) tokens.push({ kind: "positional", index: each.index, value: each.arg });
    } else if (/^-[^-]$/.test(arg)) {
      tokens.push(shortOption(arg, index, rest, options));
    } else if (/^-[^-]/.test(arg) && arg.length > 2 && !isGroupPart) {
      rest.unshift(...splitGroup(arg, index, options));
    } else if (isGroupPart) {
      tokens.push(shortOption(arg.slice(0, 2), index, [{ arg: arg.slice(2) }], options, true));
    } else if (arg.startsWith("--") && arg.length > 2) {
      tokens.push(longOption(arg, index, rest, options));
    } else {
      tokens.push({ kind: "positional", index, value: arg });
    }
  }
  return tokens;
}

/** "-abc" is "-a -b -c", and "-fVALUE" is "-f VALUE" where f takes a string. */
function splitGroup(arg, index, options) {
  const parts = [];
  for (let i = 1; i < arg.length; i++) {
    const isString = options[longNameOf(arg[i], options)]?.type === "string";
    if (!isString || i === arg.length - 1) {
      parts.push({ arg: `-${arg[i]}`, index });
    } else {
      parts.push({ arg: `-${arg.slice(i)}`, index, isGroupPart: true });
      break;
    }
  }
  return parts;
}

function shortOption(arg, index, rest, options, inline = false) {
  const name = longNameOf(arg[1], options);
  let value;
  let inlineValue;
  if (options[name]?.type === "string" && (inline || isOptionValue(rest[0]?.arg))) {
    value = rest.shift().arg;
    inlineValue = inline;
  }
  return { kind: "option", name, rawName: arg, index, value, inlineValue };
}

function longOption(arg, index, rest, options) {
  const equals = arg.indexOf("=", 2);
  if (equals > 2) {
    const name = arg.slice(2, equals);
    return { kind: "option", name, rawName: `--${name}`, index, value: arg.slice(equals + 1), inlineValue: true };
  }
  const name = arg.slice(2);
  const token = { kind: "option", name, rawName: arg, index, value: undefined, inlineValue: undefined };
  if (options[name]?.type === "string" && isOptionValue(rest[0]?.arg)) {
    token.value = rest.shift().arg;
    token.inlineValue = false;
  }
  return token;
}

function store(token, result, settings) {
  if (token.kind === "positional") {
    if (!settings.allowPositionals) throw new ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);
    result.positionals.push(token.value);
  } else if (token.kind === "option") {
    if (settings.strict) check(token, settings);
    storeOption(token, result.values, settings);
  }
}

function check(token, { options, allowPositionals, allowNegative }) {
  const negated = allowNegative && token.name.startsWith("no-") && options[token.name.slice(3)]?.type === "boolean";
  if (!Object.hasOwn(options, token.name) && !negated) throw new ERR_PARSE_ARGS_UNKNOWN_OPTION(token.rawName, allowPositionals);
  if (negated) return;
  const { short, type } = options[token.name];
  const shown = `${short ? `-${short}, ` : ""}--${token.name}`;
  if (type === "string" && typeof token.value !== "string") {
    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown} <value>' argument missing`);
  }
  if (type === "boolean" && token.value != null) {
    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown}' does not take an argument`);
  }
  if (token.inlineValue === false && token.value.length > 1 && token.value.startsWith("-")) {
    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(
      `Option '${token.rawName}' argument is ambiguous.\nDid you forget to specify the option argument for '${token.rawName}'?\n` +
      `To specify an option argument starting with a dash use '${token.rawName}=-XYZ'.`);
  }
}

function storeOption({ name, value }, values, { options, allowNegative }) {
  if (name === "__proto__") return;
  let stored = value ?? true;
  if (allowNegative && name.startsWith("no-") && value === undefined) {
    name = name.slice(3);
    stored = false;
  }
  if (options[name]?.multiple) {
    if (values[name]) values[name].push(stored);
    else values[name] = [stored];
  } else {
    values[name] = stored;
  }
}
