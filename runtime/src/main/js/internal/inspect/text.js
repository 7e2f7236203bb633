// The text side of util.inspect: quotes, escapes, colours, width.

/** Matches ANSI escape sequences: CSI and OSC. */
// eslint-disable-next-line no-control-regex
const ANSI = /[\u001B\u009B][[\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\d/#&.:=?%@~_]+)*|[a-zA-Z\d]+(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?(?:\u0007|\u001B\u005C|\u009C))|(?:(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-ntqry=><~]))/g;

export function stripColors(text) {
  return text.includes("\u001B") || text.includes("\u009B") ? text.replace(ANSI, "") : text;
}

// Columns on a terminal: East Asian wide characters and emoji take two, combining marks none.
const WIDE = /[\u1100-\u115F\u2329\u232A\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]/u;
const ZERO = /[\p{Mn}\p{Me}\p{Cf}\u0000-\u001F\u007F-\u009F]/u;
// eslint-disable-next-line no-control-regex
const ASCII = /^[\u0020-\u007E]*$/;

export function stringWidth(text, strip = true) {
  const plain = strip ? stripColors(text) : text;
  if (ASCII.test(plain)) return plain.length;
  let width = 0;
  for (const char of plain.normalize("NFC")) {
    if (ZERO.test(char)) continue;
    width += WIDE.test(char) ? 2 : 1;
  }
  return width;
}

const ESCAPES = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\\": "\\\\" };
// eslint-disable-next-line no-control-regex
const NEEDS_ESCAPE = /[\u0000-\u001f'\\\u007f-\u009f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escapeOf(char) {
  if (ESCAPES[char]) return ESCAPES[char];
  const code = char.charCodeAt(0);
  const hex = code.toString(16).toUpperCase();
  return code > 0xff ? `\\u${hex}` : `\\x${hex.padStart(2, "0")}`;
}

/** Printable ASCII without quote and backslash: most strings. */
const PLAIN = /^[ !#-&(-[\]-~]*$/;

/** In single quotes where that needs no escape, otherwise double quotes or backticks. */
export function quote(text) {
  if (PLAIN.test(text)) return `'${text}'`;
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes("`") && !text.includes("${")) mark = "`";
  }
  const escaped = text.replace(NEEDS_ESCAPE, (char) => {
    if (char === "'") return mark === "'" ? "\\'" : "'";
    return escapeOf(char);
  });
  return mark + escaped + mark;
}

/** Symbol descriptions have no quotes but the same escapes. */
export function escapeSymbol(symbol) {
  return symbol.toString().replace(NEEDS_ESCAPE, (char) => (char === "'" ? char : escapeOf(char)));
}

// name → [start, end] of the SGR sequence - https://en.wikipedia.org/wiki/ANSI_escape_code#graphics
export const colors = {
  __proto__: null,
  reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], blink: [5, 25],
  inverse: [7, 27], hidden: [8, 28], strikethrough: [9, 29], doubleunderline: [21, 24],
  black: [30, 39], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], magenta: [35, 39],
  cyan: [36, 39], white: [37, 39],
  bgBlack: [40, 49], bgRed: [41, 49], bgGreen: [42, 49], bgYellow: [43, 49], bgBlue: [44, 49],
  bgMagenta: [45, 49], bgCyan: [46, 49], bgWhite: [47, 49],
  framed: [51, 54], overlined: [53, 55],
  gray: [90, 39], redBright: [91, 39], greenBright: [92, 39], yellowBright: [93, 39], blueBright: [94, 39],
  magentaBright: [95, 39], cyanBright: [96, 39], whiteBright: [97, 39],
  bgGray: [100, 49], bgRedBright: [101, 49], bgGreenBright: [102, 49], bgYellowBright: [103, 49],
  bgBlueBright: [104, 49], bgMagentaBright: [105, 49], bgCyanBright: [106, 49], bgWhiteBright: [107, 49],
};

for (const [alias, name] of Object.entries({
  grey: "gray", blackBright: "gray", bgGrey: "bgGray", bgBlackBright: "bgGray", faint: "dim",
  crossedout: "strikethrough", strikeThrough: "strikethrough", crossedOut: "strikethrough", conceal: "hidden",
  swapColors: "inverse", swapcolors: "inverse", doubleUnderline: "doubleunderline",
})) {
  Object.defineProperty(colors, alias, {
    get() {
      return this[name];
    },
    set(value) {
      this[name] = value;
    },
    configurable: true,
    enumerable: false,
  });
}

export const styles = Object.assign(Object.create(null), {
  special: "cyan", number: "yellow", bigint: "yellow", boolean: "yellow", undefined: "grey", null: "bold",
  string: "green", symbol: "green", date: "magenta", regexp: "red", module: "underline",
});

export function colored(text, style) {
  const color = colors[styles[style]];
  return color === undefined ? text : `\u001b[${color[0]}m${text}\u001b[${color[1]}m`;
}

export function plain(text) {
  return text;
}
