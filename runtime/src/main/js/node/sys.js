// node:sys, the old name of node:util - https://nodejs.org/api/util.html
export * from "node:util";
export { default } from "node:util";
