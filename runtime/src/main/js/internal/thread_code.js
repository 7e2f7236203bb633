// A worker of node:worker_threads that was given code instead of a file runs it as a CommonJS module.
import { Module } from "internal:cjs";
import { onLoaded, program } from "internal:program";

onLoaded(() => {
  const code = program.thread?.code;
  if (code === undefined) return;
  const name = `${program.cwd}/[worker eval]`;
  const module = new Module(name);
  module.filename = name;
  module._compile(code, name);
});
