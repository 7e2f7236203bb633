// events.EventEmitterAsyncResource: an emitter whose listeners run in the async context it was made in.
import { AsyncResource } from "node:async_hooks";
import { codes } from "internal:node_errors";

const { ERR_INVALID_THIS } = codes;

class EmitterResource extends AsyncResource {
  #emitter;

  constructor(type, emitter, options) {
    super(type, options);
    this.#emitter = emitter;
  }

  get eventEmitter() {
    return this.#emitter;
  }
}

/** Takes the base class as an argument, since events.js exports the result. */
export function asyncResourceEmitter(EventEmitter) {
  return class EventEmitterAsyncResource extends EventEmitter {
    #resource;

    constructor(options = undefined) {
      const settings = typeof options === "string" ? undefined : options;
      super(settings);
      this.#resource = new EmitterResource(settings?.name ?? options ?? new.target.name, this, settings);
    }

    emit(event, ...args) {
      return this.#own().runInAsyncScope(super.emit, this, event, ...args);
    }

    emitDestroy() {
      this.#own().emitDestroy();
    }

    get asyncId() {
      return this.#own().asyncId();
    }

    get triggerAsyncId() {
      return this.#own().triggerAsyncId();
    }

    get asyncResource() {
      return this.#own();
    }

    #own() {
      if (!(#resource in this)) throw new ERR_INVALID_THIS("EventEmitterAsyncResource");
      return this.#resource;
    }
  };
}
