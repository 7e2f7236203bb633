// Stands in for the npm package of that name: the classes are globals here.
export const { AbortController, AbortSignal } = globalThis;
