// What a file's text says about it, without a parser.

const BEFORE_EXPRESSIONS = /(?:^|[^\w$.])(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield|instanceof)$/;
const TOKEN = /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|`(?:\\[^]|[^`\\])*`|\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//g;

/** Quotes stay, what is between them and comments go. */
function withoutCommentsAndStrings(source) {
  return source.replace(TOKEN, (text, at) => {
    if (text.startsWith("//") || text.startsWith("/*")) return " ";
    if (!text.startsWith("/")) return text[0] + text[0];
    // A slash divides after a value, and starts a regular expression after anything else.
    const before = source.slice(Math.max(0, at - 40), at).trimEnd();
    return /[\w$)\]}"'`]$/.test(before) && !BEFORE_EXPRESSIONS.test(before) ? text : "/ /";
  });
}

export function isModule(source) {
  return /^\s*(?:import\s*["'{*\w$]|export\s*[{*]|export\s+(?:default|const|let|var|function|class|async)\b)|\bimport\s*\.\s*meta\b|[;}]\s*(?:import\s*["'{*]|import\s+[\w$]+\s+from|export\s*[{*]|export\s+default\b)/m.test(
    withoutCommentsAndStrings(source),
  );
}

export function hasDefaultExport(source) {
  return /\bexport\s+default\b|\bas\s+default\b/.test(withoutCommentsAndStrings(source));
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
