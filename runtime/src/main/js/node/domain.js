// node:domain - https://nodejs.org/api/domain.html
import { Refusal } from "internal:refused";

const refusal = new Refusal("domain", "Node has deprecated it; AsyncLocalStorage does its work");

export const Domain = refusal.of("Domain");
export const create = refusal.of("create");
export const createDomain = refusal.of("createDomain");

export const active = null;

export default refusal.module({
  Domain, create, createDomain, active,
});
