// Gates that a second request opens: a test decides when late content comes, and no clock does.
const gates = new Map();

export function gate(name) {
  if (!gates.has(name)) {
    const { promise, resolve } = Promise.withResolvers();
    gates.set(name, { promise, open: resolve });
  }
  return gates.get(name);
}
