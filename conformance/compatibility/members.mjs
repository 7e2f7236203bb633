// What a value has, for the probe and for Node's list alike.

const ofEveryFunction = ["length", "name", "prototype", "arguments", "caller", "constructor"];

/** An interface's static and instance members; an object's own and inherited ones. */
export function membersOf(value) {
  if (typeof value === "function") {
    return [
      ...named(value).filter((name) => !ofEveryFunction.includes(name)),
      ...named(value.prototype ?? {})
        .filter((name) => name !== "constructor")
        .map((name) => `prototype.${name}`),
    ];
  }
  return typeof value === "object" && value !== null ? inherited(value) : [];
}

export function exportsOf(namespace) {
  return named(namespace).filter((name) => name !== "default" && name !== "module.exports");
}

function inherited(object) {
  const names = [];
  for (let owner = object; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    names.push(...named(owner).filter((name) => name !== "constructor"));
  }
  return [...new Set(names)].sort();
}

/** Names with an underscore are nobody's API. */
function named(object) {
  return Object.getOwnPropertyNames(object)
    .filter((name) => !name.startsWith("_"))
    .sort();
}
