/** Implemented by ModulesHost.java. */
declare module "host:modules" {
  /** mode: "require" | "import". The name: an absolute path, or "node:x". Throws MODULE_NOT_FOUND and its like. */
  export function resolve(specifier: string, referrer: string, mode: string): string;
  /** "esm" | "cjs" | "json" | "builtin" */
  export function kind(name: string): string;
  export function read(name: string): string;
}
