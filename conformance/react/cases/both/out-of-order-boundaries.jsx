import { Suspense } from "react";
import { both, gate, idle, log, suspending } from "../../support.jsx";

export default () =>
  both(() => {
    const gates = [gate(), gate(), gate(), gate()];
    const parts = gates.map(suspending);
    return {
      element: (
        <main>
          {parts.map((Part, i) => (
            <Suspense key={i} fallback={<p>loading {i}</p>}>
              <Part render={(value) => <section>{value}</section>} />
            </Suspense>
          ))}
        </main>
      ),
      async act() {
        for (const i of [3, 0]) {
          log("open", i);
          gates[i].open(`part ${i}`);
          await idle();
        }
        log("open 2 and 1 at once");
        gates[2].open("part 2");
        gates[1].open("part 1");
      },
    };
  });
