// What a file's text says about it, without a parser.

/** By how lines and statements begin: comments and strings that look like that are rare, and a scan of all text is not. */
export function isModule(source) {
  return /^\s*(?:import\s*["'{*\w$]|export\s*[{*]|export\s+(?:default|const|let|var|function|class|async)\b)|\bimport\s*\.\s*meta\b|[;}]\s*(?:import\s*["'{*]|import\s+[\w$]+\s+from|export\s*[{*]|export\s+default\b)/m.test(
    source,
  );
}

export function hasDefaultExport(source) {
  return /\bexport\s+default\b|\bas\s+default\b/.test(source);
}

const EXPORTS = "\\b(?:module\\s*\\.\\s*)?exports";
const QUOTED = "[\"']([^\"'\\\\\\n]+)[\"']";
const ASSIGNED = new RegExp(`${EXPORTS}\\s*(?:\\.\\s*([\\w$]+)|\\[\\s*${QUOTED}\\s*])\\s*=(?!=)`, "g");
const DEFINED = new RegExp(`\\bdefineProperty\\s*\\(\\s*${EXPORTS}\\s*,\\s*${QUOTED}`, "g");
const LITERAL = /\bmodule\s*\.\s*exports\s*=\s*\{([^{}]*)/g;
const LITERAL_KEY = new RegExp(`(?:^|,)\\s*(?:([\\w$]+)|${QUOTED})\\s*(?=[,:(]|$)`, "g");
const REEXPORTED = new RegExp(
  `(?:\\bmodule\\s*\\.\\s*exports\\s*=\\s*|__export(?:Star)?\\s*\\(\\s*)require\\s*\\(\\s*${QUOTED}`,
  "g",
);

/** The names that a CommonJS file seems to export, and the files whose names it exports too. */
export function commonJsExports(source) {
  const names = new Set();
  const add = (pattern, text) => {
    for (const [, first, second] of text.matchAll(pattern)) names.add(first ?? second);
  };
  add(ASSIGNED, source);
  add(DEFINED, source);
  for (const [, body] of source.matchAll(LITERAL)) add(LITERAL_KEY, body);
  names.delete("default");
  names.delete("__esModule");
  return { names, reexports: Array.from(source.matchAll(REEXPORTED), ([, specifier]) => specifier) };
}
