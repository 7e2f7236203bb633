import { Suspense } from "react";
import { both, gate, idle, log, suspending } from "../../support.jsx";

export default () =>
  both(() => {
    const [slow, fast] = [gate(), gate()];
    const [Slow, Fast] = [suspending(slow), suspending(fast)];
    return {
      element: (
        <main>
          <Suspense fallback={<p>loading outer</p>}>
            <Slow />
            <Suspense fallback={<p>loading inner</p>}>
              <Fast />
            </Suspense>
          </Suspense>
        </main>
      ),
      async act() {
        log("inner first");
        fast.open("[inner]");
        await idle();
        log("then outer");
        slow.open("[outer]");
      },
    };
  });
