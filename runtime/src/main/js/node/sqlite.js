// node:sqlite - https://nodejs.org/api/sqlite.html
import { Refusal } from "internal:refused";

const refusal = new Refusal("sqlite", "Runnel has no SQLite; a KV namespace keeps values, and sql.js runs SQLite as WebAssembly");

export const DatabaseSync = refusal.of("DatabaseSync");
export const StatementSync = refusal.of("StatementSync");
export const Session = refusal.of("Session");
export const backup = refusal.of("backup");

export const constants = {};

export default refusal.module({
  DatabaseSync, StatementSync, Session, backup, constants,
});
