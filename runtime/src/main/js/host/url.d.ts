/** Implemented by UrlHost.java. */
declare module "host:url" {
  /** The serialized URL, or undefined when the input can't be parsed. */
  export function parse(input: string, base: string | undefined): string | undefined;
  /**
   * The serialized URL after one of the URL object's setters; the same string when the value is refused. part:
   * "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash".
   */
  export function set(href: string, part: string, value: string): string;
  /** Percent-decodes to bytes and decodes those as UTF-8 without byte order mark; "+" is left alone. */
  export function percentDecode(text: string): string;
  export function percentDecodeBytes(text: string): Uint8Array;
}
