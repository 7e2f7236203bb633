/** Implemented by WatchHost.java. */
declare module "host:watch" {
  /**
   * The number of a new watcher of a file or folder, which keeps the program running. Throws a system error with its
   * code. Then the function registered as "filesChanged" is called with the number and JSON: [kind, name, …], kind
   * "rename" or "change", name empty when it isn't known.
   */
  export function open(path: string): number;
  export function reference(id: number, keepsAlive: boolean): void;
  export function close(id: number): void;
}
