/** Implemented by BindingsHost.java. */
declare module "host:bindings" {
  /** A string, or the text of a JSON value. Throws a TypeError when no binding of that name has one. */
  export function text(name: string): string;
}
