// What handlers of HTMLRewriter get: an element, a text chunk, a comment, a doctype, an end tag, the document's end.
// What is done to them is written when their handlers are done.
import * as host from "host:html_rewriter";
import { requireArguments, toDOMString } from "internal:webidl";

const ELEMENT_NAME = /^[A-Za-z][^\s/>\0]*$/;
const ATTRIBUTE_NAME = /^[^\s/>=\0]+$/;
/** How many texts host.attributes() has for each. */
const ATTRIBUTE_PARTS = 3;

const secret = Symbol("HTMLRewriter token");

/** finish(token): its handlers are done; writes it. */
export let finish;
let changesOf;

class Part {
  /** content is what stands in place of the token; undefined leaves it as it is. */
  #changes = { before: "", content: undefined, after: "", isRemoved: false, isOver: false };

  static {
    changesOf = (part) => {
      const changes = part.#changes;
      if (changes.isOver) {
        throw new TypeError("This content token is no longer valid: tokens can be used while their handlers run.");
      }
      return changes;
    };
  }

  constructor(mark) {
    if (mark !== secret) throw new TypeError("Illegal constructor");
  }
}

class Token extends Part {
  before(content, options = undefined) {
    requireArguments(arguments.length, 1, "before");
    changesOf(this).before += toMarkup(content, options);
    return this;
  }
  after(content, options = undefined) {
    requireArguments(arguments.length, 1, "after");
    const changes = changesOf(this);
    changes.after = toMarkup(content, options) + changes.after;
    return this;
  }
  remove() {
    replaceToken(this, "");
    return this;
  }
}

class ReplaceableToken extends Token {
  replace(content, options = undefined) {
    requireArguments(arguments.length, 1, "replace");
    replaceToken(this, toMarkup(content, options));
    return this;
  }
  get removed() {
    return changesOf(this).isRemoved;
  }
}

function replaceToken(token, content) {
  const changes = changesOf(token);
  changes.content = content;
  changes.isRemoved = true;
}

export class Text extends ReplaceableToken {
  #text;
  #isLast;

  constructor(mark, text, isLast) {
    super(mark);
    this.#text = text;
    this.#isLast = isLast;
  }
  get text() {
    changesOf(this);
    return this.#text;
  }
  get lastInTextNode() {
    changesOf(this);
    return this.#isLast;
  }
}

export class Comment extends ReplaceableToken {
  #text;

  constructor(mark, text) {
    super(mark);
    this.#text = text;
  }
  get text() {
    changesOf(this);
    return this.#text;
  }
  set text(value) {
    const changes = changesOf(this);
    const text = toDOMString(value);
    if (/^-?>|--!?>|--!?$/.test(text)) throw new TypeError(`"${text}" can't be the text of a comment: it would end it.`);
    this.#text = text;
    if (!changes.isRemoved) changes.content = `<!--${text}-->`;
  }
}

export class Doctype extends Part {
  #name;
  #publicId;
  #systemId;

  constructor(mark, name, publicId, systemId) {
    super(mark);
    this.#name = name;
    this.#publicId = publicId;
    this.#systemId = systemId;
  }
  get name() {
    changesOf(this);
    return this.#name;
  }
  get publicId() {
    changesOf(this);
    return this.#publicId;
  }
  get systemId() {
    changesOf(this);
    return this.#systemId;
  }
}

export class EndTag extends Token {
  #name;

  constructor(mark, name, isRemoved) {
    super(mark);
    this.#name = name;
    if (isRemoved) replaceToken(this, "");
  }
  get name() {
    changesOf(this);
    return this.#name;
  }
  set name(value) {
    const changes = changesOf(this);
    this.#name = toElementName(value);
    if (!changes.isRemoved) changes.content = `</${this.#name}>`;
  }
}

export class DocumentEnd extends Part {
  append(content, options = undefined) {
    requireArguments(arguments.length, 1, "append");
    changesOf(this).after += toMarkup(content, options);
    return this;
  }
}

let finishElement;

export class Element extends ReplaceableToken {
  #document;
  #name;
  #written;
  #namespace;
  #isSelfClosing;
  #hasContent;
  #attributes;
  #isRenamed = false;
  #isRetagged = false;
  #prepended = "";
  #appended = "";
  #skipsInner = false;
  #dropsEndTag = false;
  #endTagHandlers = [];

  constructor(mark, document, name, written, namespace, isSelfClosing, hasContent) {
    super(mark);
    this.#document = document;
    this.#name = name;
    this.#written = written;
    this.#namespace = namespace;
    this.#isSelfClosing = isSelfClosing;
    this.#hasContent = hasContent;
  }

  get tagName() {
    changesOf(this);
    return this.#name;
  }
  set tagName(value) {
    changesOf(this);
    this.#name = toElementName(value);
    this.#written = this.#name;
    this.#isRenamed = true;
  }
  get namespaceURI() {
    changesOf(this);
    return this.#namespace;
  }
  get selfClosing() {
    changesOf(this);
    return this.#isSelfClosing;
  }
  get canHaveContent() {
    changesOf(this);
    return this.#hasContent;
  }
  /** An iterator of [name, value]. */
  get attributes() {
    changesOf(this);
    return this.#list()
      .map(({ name, value }) => [name, value])
      .values();
  }

  getAttribute(name) {
    requireArguments(arguments.length, 1, "getAttribute");
    return this.#find(name)?.value ?? null;
  }
  hasAttribute(name) {
    requireArguments(arguments.length, 1, "hasAttribute");
    return this.#find(name) !== undefined;
  }
  setAttribute(name, value) {
    requireArguments(arguments.length, 2, "setAttribute");
    const key = toLowerCase(toDOMString(name));
    if (!ATTRIBUTE_NAME.test(key)) throw new TypeError(`"${key}" can't be the name of an attribute.`);
    const text = toDOMString(value);
    const attribute = { name: key, value: text, written: `${key}="${text.replaceAll('"', "&quot;")}"` };
    const found = this.#find(key);
    if (found === undefined) this.#attributes.push(attribute);
    else Object.assign(found, attribute);
    this.#isRetagged = true;
    return this;
  }
  removeAttribute(name) {
    requireArguments(arguments.length, 1, "removeAttribute");
    const found = this.#find(name);
    if (found !== undefined) {
      this.#attributes = this.#attributes.filter((attribute) => attribute.name !== found.name);
      this.#isRetagged = true;
    }
    return this;
  }

  prepend(content, options = undefined) {
    requireArguments(arguments.length, 1, "prepend");
    changesOf(this);
    this.#prepended = toMarkup(content, options) + this.#prepended;
    return this;
  }
  append(content, options = undefined) {
    requireArguments(arguments.length, 1, "append");
    changesOf(this);
    this.#appended += toMarkup(content, options);
    return this;
  }
  setInnerContent(content, options = undefined) {
    requireArguments(arguments.length, 1, "setInnerContent");
    changesOf(this);
    this.#fill(toMarkup(content, options));
    return this;
  }
  replace(content, options = undefined) {
    super.replace(content, options);
    this.#dropInside();
    return this;
  }
  remove() {
    super.remove();
    this.#dropInside();
    return this;
  }
  removeAndKeepContent() {
    super.remove();
    this.#dropsEndTag = true;
    return this;
  }

  onEndTag(handler) {
    requireArguments(arguments.length, 1, "onEndTag");
    changesOf(this);
    if (typeof handler !== "function") throw new TypeError("onEndTag: the handler is not a function.");
    if (!this.#hasContent) throw new TypeError(`onEndTag: <${this.#name}> has no end tag.`);
    this.#endTagHandlers.push(handler);
  }

  #dropInside() {
    this.#fill("");
    this.#dropsEndTag = true;
  }

  #fill(content) {
    this.#prepended = content;
    this.#appended = "";
    this.#skipsInner = true;
  }

  #list() {
    if (this.#attributes === undefined) {
      this.#attributes = [];
      const flat = JSON.parse(host.attributes(this.#document.id));
      for (let i = 0; i < flat.length; i += ATTRIBUTE_PARTS) {
        this.#attributes.push({ name: flat[i], value: flat[i + 1], written: flat[i + 2] });
      }
    }
    return this.#attributes;
  }

  #find(name) {
    changesOf(this);
    const key = toLowerCase(toDOMString(name));
    return this.#list().find((attribute) => attribute.name === key);
  }

  #tag() {
    if (!this.#isRenamed && !this.#isRetagged) return undefined;
    const parts = [this.#written, ...this.#list().map(({ written }) => written)];
    return `<${parts.join(" ")}${this.#isSelfClosing ? " />" : ">"}`;
  }

  static {
    finishElement = (element, changes) => {
      const { id } = element.#document;
      const content = changes.content ?? element.#tag();
      if (!element.#hasContent) {
        host.finish(id, changes.before, content, changes.after);
        return;
      }
      element.#endWith(changes.after);
      host.finish(id, changes.before, content, element.#prepended);
    };
  }

  /** Most elements need nothing at their end. */
  #endWith(after) {
    const skips = this.#skipsInner;
    const drops = this.#dropsEndTag;
    const endName = this.#isRenamed && !drops ? this.#name : undefined;
    const key = this.#endTagHandlers.length > 0 ? this.#document.keep(this.#endTagHandlers) : 0;
    if (skips || drops || endName !== undefined || this.#appended !== "" || after !== "" || key !== 0) {
      host.endWith(this.#document.id, skips, drops, endName, this.#appended, after, key);
    }
  }
}

finish = (token, document) => {
  const changes = changesOf(token);
  if (token instanceof Element) finishElement(token, changes);
  else host.finish(document.id, changes.before, changes.content, changes.after);
  changes.isOver = true;
};

/** The token of an event of the host's. */
export function tokenOf(document, [kind, , ...parts]) {
  switch (kind) {
    case "element":
      return new Element(secret, document, ...parts);
    case "text":
      return new Text(secret, ...parts);
    case "comment":
      return new Comment(secret, ...parts);
    case "doctype":
      return new Doctype(secret, ...parts);
    case "end tag":
      return new EndTag(secret, ...parts);
    default:
      return new DocumentEnd(secret);
  }
}

function toMarkup(content, options) {
  const text = toDOMString(content);
  if (options?.html) return text;
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function toElementName(value) {
  const name = toDOMString(value);
  if (!ELEMENT_NAME.test(name)) throw new TypeError(`"${name}" can't be the name of an element.`);
  return name;
}

/** ASCII letters only. */
function toLowerCase(text) {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
