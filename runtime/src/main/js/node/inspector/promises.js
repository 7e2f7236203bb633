// node:inspector/promises - https://nodejs.org/api/inspector.html#promises-api
export * from "node:inspector";
export { default } from "node:inspector";
