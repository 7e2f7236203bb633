/** Implemented by ErrorsHost.java. */
declare module "host:errors" {
  /** What nobody caught: logged with source positions; a script ends with code 1. */
  export function uncaught(name: string, message: string, stack: string, isRejection: boolean): void;
}
