// Turns the WebAssembly specification's test scripts (.wast) into modules and lines that
// WastScript.java reads: node assemble.mjs OUT_DIR FILE.wast…
// One line per command, fields separated by tabs, names and messages percent-encoded.
import fs from "node:fs";
import path from "node:path";
import wabtModule from "wabt";

const [outDir, ...files] = process.argv.slice(2);
const wabt = await wabtModule();
const features = {
  exceptions: true, mutable_globals: true, sat_float_to_int: true, sign_extension: true,
  multi_value: true, tail_call: true, bulk_memory: true, reference_types: true,
  function_references: true, extended_const: true, multi_memory: true,
};
function convert(name, text) {
  const constants = new Constants();
  const lines = [];
  const definitions = {};
  let modules = 0;
  const module = (form) => {
    const file = `${name}.${modules++}.wasm`;
    fs.writeFileSync(path.join(outDir, file), assemble(form, text));
    return file;
  };
  for (const form of parse(text)) {
    const line = 1 + countLines(text, form.start);
    try {
      command(form, line, { lines, constants, module, definitions, text: (part) => text.slice(part.start, part.end) });
    } catch (error) {
      lines.push(() => ["skip", line, form.head, error.message.split("\n").slice(0, 2).join(" ")]);
    }
  }
  constants.assemble();
  return lines.map((line) => line().map((field) => encodeURIComponent(field)).join("\t") + "\n").join("");
}

function command(form, line, { lines, constants, module, definitions, text }) {
  const add = (...fields) => lines.push(() => fields.map((f) => (typeof f === "function" ? f() : f)));
  switch (form.head) {
    case "module": {
      const [, kind, first = "", second = ""] = form.items;
      if (kind === "definition") definitions[isName(first) ? first : ""] = module(without(form, 1));
      else if (kind === "instance") {
        if (!definitions[second]) throw new Error("No module " + second);
        add("module", line, first, definitions[second]);
      }
      else {
        const file = module(form);
        definitions[isName(kind) ? kind : ""] = file;
        add("module", line, isName(kind) ? kind : "", file);
      }
      return;
    }
    case "register":
      add("register", line, form.items[2] ?? "", string(form.items[1]));
      return;
    case "invoke": case "get":
      add("do", line, ...action(form, constants), "");
      return;
    case "assert_return":
      add("return", line, ...action(form.items[1], constants), values(form.items.slice(2), constants));
      return;
    case "assert_trap": case "assert_exhaustion": {
      const inner = form.items[1];
      const message = string(form.items[2]);
      if (inner.head === "module") add("uninstantiable", line, module(inner), message);
      else add(form.head === "assert_trap" ? "trap" : "exhaustion", line, ...action(inner, constants), message);
      return;
    }
    case "assert_exception":
      add("exception", line, ...action(form.items[1], constants), "");
      return;
    case "assert_unlinkable":
      wabt.parseWat("script.wat", text(form.items[1]), features).destroy(); // Exact types matter here.
      add("unlinkable", line, module(form.items[1]), string(form.items[2]));
      return;
    case "assert_malformed": case "assert_invalid": case "assert_malformed_custom": case "assert_invalid_custom":
      return; // The parser's business, not the translator's.
    default:
      throw new Error("Unknown command " + form.head);
  }
}

function action(form, constants) {
  const [head, ...rest] = form.items;
  const module = isName(rest[0]) ? rest.shift() : "";
  return [head, module, string(rest[0]), values(rest.slice(1), constants)];
}

// ---- Values: type:bits, floats by way of the assembler, which rounds them as it should ----

function values(forms, constants) {
  const parts = forms.map((form) => value(form, constants));
  return () => parts.map((part) => part()).join(" ");
}

function value(form, constants) {
  const [head, literal] = form.items;
  switch (head) {
    case "i32.const": return () => "i32:" + BigInt.asUintN(32, integer(literal));
    case "i64.const": return () => "i64:" + BigInt.asUintN(64, integer(literal));
    case "f32.const": case "f64.const": {
      const type = head.slice(0, 3);
      if (literal === "nan:canonical" || literal === "nan:arithmetic") return () => `${type}:${literal}`;
      return constants.add(type, literal);
    }
    case "ref.null": return () => "null:";
    case "ref.extern": return () => literal === undefined ? "anyextern:" : "extern:" + literal;
    case "ref.func": return () => "anyfunc:";
    default: throw new Error("Value " + head);
  }
}

function integer(literal) {
  const digits = literal.replace(/_/g, "");
  return digits.startsWith("-") ? -BigInt(digits.slice(1)) : BigInt(digits.replace(/^\+/, ""));
}

/** Float literals of one script, assembled together at its end. */
class Constants {
  literals = [];
  bits = [];
  add(type, literal) {
    const index = this.literals.push({ type, literal }) - 1;
    return () => `${type}:${this.bits[index]}`;
  }
  assemble() {
    if (this.literals.length === 0) return;
    const body = this.literals.map(({ type, literal }) => `${type}.const ${literal} drop`).join("\n");
    const bytes = binary(`(module (func ${body}))`);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    let at = bytes.length - 1 - this.literals.reduce((sum, { type }) => sum + (type === "f32" ? 6 : 10), 0);
    for (const { type } of this.literals) {
      const wide = type === "f64";
      this.bits.push(wide ? view.getBigUint64(at + 1, true) : view.getUint32(at + 1, true));
      at += wide ? 10 : 6;
    }
  }
}

// ---- Modules ----

function assemble(form, text) {
  const rest = form.items.slice(isName(form.items[1]) ? 2 : 1);
  if (rest[0] === "binary") return Buffer.concat(rest.slice(1).map(stringBytes));
  if (rest[0] === "quote") return binary(`(module ${Buffer.concat(rest.slice(1).map(stringBytes))})`);
  return binary(text.slice(form.start, form.end));
}

function binary(text) {
  const module = parseWat(text);
  try {
    module.resolveNames();
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

/** wabt knows no typed references yet; as plain ones they do the same when they run. */
function parseWat(text) {
  try {
    return wabt.parseWat("script.wat", text, features);
  } catch (error) {
    const plain = text
      .replace(/\(\s*ref\s+(null\s+)?extern\s*\)/g, "externref")
      .replace(/\(\s*ref\s+(null\s+)?(func|\$\w+|\d+)\s*\)/g, "funcref")
      .replace(/\(ref\.null \$\w+\)/g, "(ref.null func)")
      .replace(/^(\(module)\s+definition\b/, "$1");
    if (plain === text) throw error;
    return wabt.parseWat("script.wat", plain, features);
  }
}

function without(form, index) {
  return { ...form, items: form.items.toSpliced(index, 1) };
}

// ---- S-expressions: a form is {head, items, start, end}; atoms and strings are text ----

function parse(text) {
  const stack = [{ items: [] }];
  const token = /;;[^\n]*|\(;|"(?:\\.|[^"\\])*"|\(|\)|[^\s()";]+|;/gy;
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at])) { at++; continue; }
    token.lastIndex = at;
    const match = token.exec(text);
    if (!match) throw new Error("Unreadable at " + at);
    const found = match[0];
    if (found === "(;") { at = endOfComment(text, at); continue; }
    at = token.lastIndex;
    if (found.startsWith(";;")) continue;
    const top = stack[stack.length - 1];
    if (found === "(") stack.push({ items: [], start: at - 1 });
    else if (found === ")") {
      stack.pop();
      top.end = at;
      top.head = top.items[0];
      stack[stack.length - 1].items.push(top);
    } else top.items.push(found);
  }
  return stack[0].items.filter((item) => typeof item === "object");
}

function endOfComment(text, start) {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text.startsWith("(;", at)) { depth++; at++; }
    else if (text.startsWith(";)", at)) { depth--; at++; if (depth === 0) return at + 1; }
  }
  return text.length;
}

function isName(item) {
  return typeof item === "string" && item.startsWith("$");
}

function string(item) {
  return stringBytes(item).toString("utf8");
}

function stringBytes(item) {
  const bytes = [];
  const body = Buffer.from(item.slice(1, -1), "utf8").toString("latin1");
  for (let i = 0; i < body.length; i++) {
    if (body[i] !== "\\") { bytes.push(body.charCodeAt(i)); continue; }
    const next = body[++i];
    const simple = { n: 10, t: 9, r: 13, '"': 34, "'": 39, "\\": 92 }[next];
    if (simple !== undefined) bytes.push(simple);
    else if (next === "u") {
      const close = body.indexOf("}", i);
      bytes.push(...Buffer.from(String.fromCodePoint(parseInt(body.slice(i + 2, close), 16)), "utf8"));
      i = close;
    } else { bytes.push(parseInt(body.slice(i, i + 2), 16)); i++; }
  }
  return Buffer.from(bytes);
}

function countLines(text, end) {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

fs.mkdirSync(outDir, { recursive: true });
for (const file of files) {
  const name = path.basename(file, ".wast");
  fs.writeFileSync(path.join(outDir, name + ".script"), convert(name, fs.readFileSync(file, "utf8")));
}
