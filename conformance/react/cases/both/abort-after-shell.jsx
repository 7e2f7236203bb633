import { Suspense } from "react";
import { both, gate, idle, log, suspending } from "../../support.jsx";

export default () =>
  both(() => {
    const [first, second] = [gate(), gate()];
    const [First, Second] = [suspending(first), suspending(second)];
    return {
      element: (
        <main>
          <Suspense fallback={<p>loading first</p>}>
            <First />
          </Suspense>
          <Suspense fallback={<p>loading second</p>}>
            <Second />
          </Suspense>
        </main>
      ),
      async act({ abort }) {
        first.open("[first]");
        await idle();
        log("abort");
        abort(new Error("too late"));
        await idle();
        log("data after the abort");
        second.open("[second]");
      },
    };
  });
