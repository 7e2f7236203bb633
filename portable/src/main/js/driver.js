// What the build hands over: WASI's calls and the engine's own as functions of numbers (Driver.java), and the built-in
// modules' bytecode by name.
export const driver = globalThis.runnelDriver;
delete globalThis.runnelDriver;
