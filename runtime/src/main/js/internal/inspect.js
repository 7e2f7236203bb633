// How console shows values until node:util brings its own inspect.

export function inspect(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (Error.isError(value)) return value.stack ? `${value}\n${value.stack}` : String(value);
  if (typeof value !== "object" || value === null) return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

export function format(...args) {
  return args.map((arg) => (typeof arg === "string" ? arg : inspect(arg))).join(" ");
}
