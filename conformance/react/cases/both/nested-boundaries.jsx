import { Suspense } from "react";
import { both, gate, idle, log, suspending } from "../../support.jsx";

export default () =>
  both(() => {
    const gates = [gate(), gate(), gate()];
    const [Outer, Middle, Inner] = gates.map(suspending);
    return {
      element: (
        <main>
          <Suspense fallback={<p>loading outer</p>}>
            <Outer />
            <Suspense fallback={<p>loading middle</p>}>
              <Middle />
              <Suspense fallback={<p>loading inner</p>}>
                <Inner />
              </Suspense>
            </Suspense>
          </Suspense>
        </main>
      ),
      async act() {
        for (const name of ["outer", "middle", "inner"]) {
          log("open", name);
          gates.shift().open(`[${name}]`);
          await idle();
        }
      },
    };
  });
