// The parts of a canonical language tag.

/**
 * { language, script, region, variants: [], attributes: [], keywords: [[key, value]], others: [] }; others are the
 * extensions besides -u-, each as text.
 */
export function parseTag(tag) {
  const [id, ...extensions] = splitExtensions(tag);
  const parsed = { ...parseId(id), attributes: [], keywords: [], others: [] };
  for (const extension of extensions) {
    if (extension.startsWith("u-")) Object.assign(parsed, parseKeywords(extension.slice(2)));
    else parsed.others = [...parsed.others, extension];
  }
  return parsed;
}

/** Private use takes all that follows. */
function splitExtensions(tag) {
  const [, before, privateUse] = /^(.*?)(?:-(x-.*))?$/s.exec(tag);
  const parts = before.split(/-(?=[a-z\d]-)/);
  return privateUse === undefined ? parts : [...parts, privateUse];
}

function parseId(id) {
  const [language, ...rest] = id.split("-");
  const script = /^[a-z]{4}$/i.test(rest[0]) ? rest.shift() : undefined;
  const region = /^(?:[a-z]{2}|\d{3})$/i.test(rest[0]) ? rest.shift() : undefined;
  return { language, script, region, variants: rest };
}

function parseKeywords(text) {
  const attributes = [];
  const keywords = [];
  for (const subtag of text.split("-")) {
    if (subtag.length === 2) keywords[keywords.length] = [subtag, ""];
    else if (keywords.length === 0) attributes[attributes.length] = subtag;
    else keywords.at(-1)[1] += keywords.at(-1)[1] === "" ? subtag : `-${subtag}`;
  }
  return { attributes, keywords };
}

export function joinTag({ language, script, region, variants, attributes, keywords, others }) {
  const id = [language, script, region, ...variants].filter((subtag) => subtag !== undefined);
  const words = keywords.flatMap(([key, value]) => (value === "" || value === "true" ? [key] : [key, value]));
  const unicode = words.length + attributes.length === 0 ? [] : [["u", ...attributes, ...words].join("-")];
  return [...id, ...withUnicode(others, unicode)].join("-");
}

/** Private use stands last. */
function withUnicode(others, unicode) {
  const isLast = (extension) => extension.startsWith("x-");
  return [...others.filter((other) => !isLast(other)), ...unicode, ...others.filter(isLast)];
}
