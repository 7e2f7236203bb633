// A text with a line for each list: what it is called, then its names, each with a space behind it.

const start = (text, list) => text.indexOf(`\n${list} `);

export const isListed = (text, list) => !list.includes(" ") && start(text, list) >= 0;

/** None when there is no such list. */
export function namesIn(text, list) {
  const at = start(text, list);
  return at < 0 ? [] : text.slice(at + list.length + 2, text.indexOf("\n", at + 1)).trim().split(" ").filter(Boolean);
}
