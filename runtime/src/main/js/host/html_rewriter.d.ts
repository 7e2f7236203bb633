/** Implemented by HtmlRewriterHost.java. */
declare module "host:html_rewriter" {
  /** Throws a TypeError that says what is wrong with a selector. */
  export function check(selector: string): void;
  /** Starts a document; charset "" is UTF-8. Returns its id. */
  export function open(charset: string): number;
  /** Adds a handler; wants: 1 element, 2 comments, 4 text. Its number is the count of those added before. */
  export function on(id: number, selector: string, wants: number): void;
  /** The same for the whole document; wants: 2 comments, 4 text, 8 doctype, 16 end. */
  export function onDocument(id: number, wants: number): void;
  /** More of the document, when next() has nothing more. Throws ERR_HTML_REWRITER at a token above its limit. */
  export function feed(id: number, bytes: Uint8Array, isLast: boolean): void;
  /**
   * The next event as JSON, to be answered by finish(): ["element", handlers, name, name as written, namespace,
   * is self-closing, may have content], ["end tag", [key], name, is removed], ["text", handlers, text, is last],
   * ["comment", handlers, text], ["doctype", handlers, name, publicId, systemId], ["end", handlers].
   */
  export function next(id: number): string | undefined;
  /** JSON: name, value and text as written of each attribute of the event's element. */
  export function attributes(id: number): string;
  /** What the end of the event's element needs; key 0: nobody hears of its end tag. */
  export function endWith(
    id: number, skipsInner: boolean, dropsEndTag: boolean, endName: string | undefined, append: string, after: string,
    key: number,
  ): void;
  /** Writes the event's token, or content in its place. */
  export function finish(id: number, before: string, content: string | undefined, after: string): void;
  /** The output since the last call. */
  export function take(id: number): Uint8Array;
  export function close(id: number): void;
}
