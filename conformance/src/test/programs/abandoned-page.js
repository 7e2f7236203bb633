// A page whose content never comes, and what React said of those that were given up.
import { createElement as h, lazy, Suspense } from "react";
import { gate } from "./gates.js";

const errors = new Map();

export function page() {
  const Content = lazy(() => new Promise(() => {}));
  const body = [
    h("h1", { key: 1 }, "shell"),
    h(Suspense, { key: 2, fallback: h("p", null, "loading") }, h(Content)),
    h("footer", { key: 3 }, "end of the shell"),
  ];
  return h("html", null, h("body", null, body));
}

export function tell(name, error) {
  errors.set(name, error.message);
  gate(name).open();
}

export async function told(name) {
  await gate(name).promise;
  return errors.get(name);
}
