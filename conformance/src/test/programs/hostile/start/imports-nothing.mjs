import { x } from "./is-not-there.mjs";
console.log(x);
