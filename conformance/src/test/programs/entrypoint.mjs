// A worker that is a class.
import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";

class Object1 extends DurableObject {}

export default class extends WorkerEntrypoint {
  #requests = 0;

  constructor(ctx, env) {
    super(ctx, env);
    this.made = typeof ctx.waitUntil;
  }

  fetch(request) {
    this.#requests++;
    let refusal;
    try {
      new Object1();
    } catch (error) {
      refusal = error.message;
    }
    return new Response([this.made, this.env.NAME, this.#requests, new URL(request.url).pathname, refusal].join("\n"));
  }
}
