// Globals as WebIDL has them: writable, configurable, not enumerable for interfaces and constructors,
// enumerable for functions and namespaces of the global scope.

export function defineGlobals(values) {
  for (const [name, value] of Object.entries(values)) defineGlobal(name, value);
}

function defineGlobal(name, value) {
  const isOperation = typeof value === "function" && !/^[A-Z]/.test(name);
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: isOperation });
}
