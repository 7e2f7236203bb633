// Variables in a file, NAME=value line by line - https://nodejs.org/api/util.html#utilparseenvcontent
import { validateString } from "internal:validators";

export function parseEnv(content) {
  validateString(content, "content");
  const variables = {};
  let rest = trimmed(content.replaceAll("\r", ""));
  while (rest !== "") {
    const line = /^(?!#)([^=\n]*)=/.exec(rest);
    const name = line === null ? "" : trimmed(line[1]);
    if (name === "") {
      rest = trimmed(afterLine(rest));
      continue;
    }
    const key = name.replace(/^export /, "");
    const { value, after } = valueOf(rest.slice(line[0].length));
    Object.defineProperty(variables, key, { value, writable: true, enumerable: true, configurable: true });
    rest = trimmed(after);
  }
  return variables;
}

function valueOf(text) {
  if (text === "" || text[0] === "\n") return { value: "", after: text.slice(1) };
  const rest = trimmed(text);
  const quoted = /^(["'`])((?:(?!\1)[^])*)\1/.exec(rest);
  if (quoted !== null) {
    const value = quoted[1] === '"' ? quoted[2].replaceAll("\\n", "\n") : quoted[2];
    return { value, after: afterLine(rest.slice(quoted[0].length)) };
  }
  const line = /^[^\n]*/.exec(rest)[0];
  // A quote that is never closed belongs to the value, and so does what looks like a comment then.
  const value = /^["'`]/.test(line) ? line : trimmed(line.replace(/#.*/, ""));
  return { value, after: rest.slice(line.length + 1) };
}

function trimmed(text) {
  return text.replace(/^[ \t\n]+/, "").replace(/[ \t\n]+$/, "");
}

function afterLine(text) {
  const end = text.indexOf("\n");
  return end < 0 ? "" : text.slice(end + 1);
}
