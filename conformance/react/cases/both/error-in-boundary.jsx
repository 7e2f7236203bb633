import { Suspense } from "react";
import { both, gate, log, suspending } from "../../support.jsx";

function Broken() {
  throw new RangeError("broken at once");
}

export default () =>
  both(() => {
    const data = gate();
    const Late = suspending(data);
    return {
      element: (
        <main>
          <Suspense fallback={<p>client will try</p>}>
            <Broken />
          </Suspense>
          <Suspense fallback={<p>loading</p>}>
            <Late />
          </Suspense>
          <footer>fine</footer>
        </main>
      ),
      act() {
        log("data fails");
        data.fail(new Error("no data"));
      },
    };
  });
