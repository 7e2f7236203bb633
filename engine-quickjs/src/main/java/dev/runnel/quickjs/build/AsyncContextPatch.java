package dev.runnel.quickjs.build;

import dev.runnel.quickjs.TableSlot;

/**
 * Makes promise reactions, thenable jobs and microtasks run with the async context frame that was
 * current when they were registered, which is what AsyncLocalStorage needs and what no hook of
 * QuickJS offers.
 *
 * <p>The frame is one JSValue in a new global. Handlers are wrapped where promises take them
 * ({@code perform_promise_then}) and where jobs are queued ({@code JS_EnqueueJob}), but only while
 * a frame is set; the wrapper, a C function with two data values, sets the frame for the rest of
 * the job. After each job ({@code JS_ExecutePendingJob}) the frame is cleared.
 */
final class AsyncContextPatch {
  /** Both {@code js_promise_resolve_thenable_job} and microtasks; other jobs need no frame. */
  private static final int THENABLE_JOB_ARGUMENTS = 3;

  private static final int MICROTASK_ARGUMENTS = 1;
  private static final long UNDEFINED = 3L << 32;

  private final ModuleEditor module;
  private final int frame;
  private final int duplicate;
  private final int free;

  private AsyncContextPatch(ModuleEditor module) {
    this.module = module;
    this.frame = module.addGlobal("async_context_frame", UNDEFINED);
    this.duplicate = module.exported("JS_DupValue");
    this.free = module.exported("JS_FreeValue");
  }

  /**
   * @param performPromiseThen the internal function through which every {@code then} goes
   */
  static void apply(ModuleEditor module, TableFiller table, int performPromiseThen) {
    AsyncContextPatch patch = new AsyncContextPatch(module);
    table.fill(TableSlot.FRAME_TRAMPOLINE, patch.addTrampoline());
    table.fill(TableSlot.GET_FRAME, patch.addGetter());
    table.fill(TableSlot.SET_FRAME, patch.addSetter());
    int wrap = patch.addWrap();
    patch.wrapPerformPromiseThen(performPromiseThen, wrap);
    patch.wrapEnqueueJob(module.exported("JS_EnqueueJob"), wrap);
    patch.wrapExecutePendingJob(module.exported("JS_ExecutePendingJob"));
  }

  /**
   * (context, this, argc, argv, magic, data) → value, data being the frame and the function. Only
   * ever called at the base of a job: the frame stays for the rest of it, so that a thenable which
   * resolves the derived promise is covered too.
   */
  private int addTrampoline() {
    int context = 0;
    int data = 5;
    int old = 6;
    Code code = new Code(1, 0).getGlobal(frame).set(old);
    code.get(context).get(data).load64(0).call(duplicate).setGlobal(frame);
    code.get(context).get(old).call(free);
    code.get(context).get(data).load64(8).get(1).get(2).get(3).call(module.exported("JS_Call"));
    return module.addFunction(new Signature("iliiii>l"), code.end());
  }

  /** (context, this, argc, argv) → the frame. */
  private int addGetter() {
    Code code = new Code(0, 0).get(0).getGlobal(frame).call(duplicate);
    return module.addFunction(new Signature("ilii>l"), code.end());
  }

  /** (context, this, argc, argv) → undefined. QuickJS pads argv to the function's length, 1. */
  private int addSetter() {
    int old = 4;
    Code code = new Code(1, 0).getGlobal(frame).set(old);
    code.get(0).get(3).load64(0).call(duplicate).setGlobal(frame);
    code.get(0).get(old).call(free).i64(UNDEFINED);
    return module.addFunction(new Signature("ilii>l"), code.end());
  }

  /** (context, function) → a trampoline that carries the frame; anything else is duplicated. */
  private int addWrap() {
    int context = 0;
    int function = 1;
    int result = 2;
    int stack = 3;
    Code code = new Code(1, 1);
    code.get(context).get(function).call(module.exported("JS_IsFunction")).isZero().ifTrue();
    code.get(context).get(function).call(duplicate).leave().endIf();
    code.openFrame(stack, 16);
    code.get(stack).getGlobal(frame).store64(0).get(stack).get(function).store64(8);
    code.get(context).i32(TableSlot.FRAME_TRAMPOLINE.index()).i32(1).i32(0).i32(2).get(stack);
    code.call(module.exported("JS_NewCFunctionData")).set(result);
    code.closeFrame(stack, 16).get(result);
    return module.addFunction(new Signature("il>l"), code.end());
  }

  /** (context, promise, handlers[2], capability) → status. */
  private void wrapPerformPromiseThen(int function, int wrap) {
    int context = 0;
    int promise = 1;
    int handlers = 2;
    int capability = 3;
    int stack = 4;
    int status = 5;
    int original = module.nextFunction();
    Code code = new Code(0, 2).getGlobal(frame).i64(UNDEFINED).equal64().ifTrue();
    code.get(context).get(promise).get(handlers).get(capability).call(original).leave().endIf();
    code.openFrame(stack, 16);
    code.get(stack).get(context).get(handlers).load64(0).call(wrap).store64(0);
    code.get(stack).get(context).get(handlers).load64(8).call(wrap).store64(8);
    code.get(context).get(promise).get(stack).get(capability).call(original).set(status);
    code.get(context).get(stack).load64(0).call(free);
    code.get(context).get(stack).load64(8).call(free);
    code.closeFrame(stack, 16).get(status);
    checked(original, module.wrap(function, code.end()));
  }

  /**
   * (context, job, argc, argv) → status. A thenable job's function comes last, after two others.
   */
  private void wrapEnqueueJob(int function, int wrap) {
    int context = 0;
    int job = 1;
    int argc = 2;
    int argv = 3;
    int stack = 4;
    int status = 5;
    int last = 6;
    int original = module.nextFunction();
    Code code = new Code(0, 3).getGlobal(frame).i64(UNDEFINED).equal64();
    code.get(argc).i32(MICROTASK_ARGUMENTS).equal();
    code.get(argc).i32(THENABLE_JOB_ARGUMENTS).equal().or().isZero().or().ifTrue();
    code.get(context).get(job).get(argc).get(argv).call(original).leave().endIf();
    code.openFrame(stack, 32);
    code.get(argc).i32(1).subtract().i32(3).shiftLeft().set(last);
    code.get(last).ifTrue();
    code.get(stack).get(argv).load64(0).store64(0).get(stack).get(argv).load64(8).store64(8);
    code.endIf();
    code.get(stack).get(last).add();
    code.get(context).get(argv).get(last).add().load64(0).call(wrap).store64(0);
    code.get(context).get(job).get(argc).get(stack).call(original).set(status);
    code.get(context).get(stack).get(last).add().load64(0).call(free);
    code.closeFrame(stack, 32).get(status);
    checked(original, module.wrap(function, code.end()));
  }

  /** (runtime, &context) → status. The frame belonged to the job that has run. */
  private void wrapExecutePendingJob(int function) {
    int pcontext = 1;
    int status = 2;
    int original = module.nextFunction();
    Code code = new Code(0, 1).get(0).get(pcontext).call(original).set(status);
    code.getGlobal(frame).i64(UNDEFINED).differ64().ifTrue();
    code.get(pcontext).load32().ifTrue();
    code.get(pcontext).load32().getGlobal(frame).call(free);
    code.i64(UNDEFINED).setGlobal(frame);
    code.endIf().endIf().get(status);
    checked(original, module.wrap(function, code.end()));
  }

  private static void checked(int expected, int actual) {
    if (expected != actual) {
      throw new AssertionError("A function got index %d, not %d.".formatted(actual, expected));
    }
  }
}
