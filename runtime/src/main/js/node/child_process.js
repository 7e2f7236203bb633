// node:child_process - https://nodejs.org/api/child_process.html
import { Refusal } from "internal:refused";

const refusal = new Refusal("child_process", "a program in a sandbox starts no processes");

export const ChildProcess = refusal.of("ChildProcess");
export const exec = refusal.of("exec");
export const execFile = refusal.of("execFile");
export const execFileSync = refusal.of("execFileSync");
export const execSync = refusal.of("execSync");
export const fork = refusal.of("fork");
export const spawn = refusal.of("spawn");
export const spawnSync = refusal.of("spawnSync");
export const _forkChild = refusal.of("_forkChild");

export default refusal.module({
  ChildProcess, exec, execFile, execFileSync, execSync, fork, spawn, spawnSync, _forkChild,
});
