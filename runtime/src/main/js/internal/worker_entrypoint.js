// A worker that is a class - https://developers.cloudflare.com/workers/runtime-apis/bindings/service-bindings/rpc/
// Its fetch and scheduled are called on an instance of their own each time; what else it has nobody can call from here.

export class WorkerEntrypoint {
  constructor(ctx, env) {
    this.ctx = ctx;
    this.env = env;
  }
}

/** The handlers of a module's default export, which may be such a class. */
export function handlersOf(exported) {
  return typeof exported === "function" && exported.prototype instanceof WorkerEntrypoint
    ? new Handlers(exported)
    : exported;
}

class Handlers {
  constructor(type) {
    const { prototype } = type;
    if (typeof prototype.fetch === "function") {
      this.fetch = (request, env, context) => new type(context, env).fetch(request);
    }
    if (typeof prototype.scheduled === "function") {
      this.scheduled = (controller, env, context) => new type(context, env).scheduled(controller);
    }
  }
}
