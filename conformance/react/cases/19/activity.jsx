import { Activity, Suspense, use, useId, ViewTransition } from "react";
import { both, gate, log } from "../../support.jsx";

function Late({ promise }) {
  return <p id={useId()}>{use(promise)}</p>;
}

export default () =>
  both(() => {
    const [shown, hidden] = [gate(), gate()];
    return {
      element: (
        <main>
          <Activity mode="visible" name="tab 1">
            <p>visible</p>
            <Suspense fallback={<i>loading</i>}>
              <Late promise={shown.promise} />
            </Suspense>
          </Activity>
          <Activity mode="hidden">
            <p>hidden</p>
            <Late promise={hidden.promise} />
          </Activity>
          <ViewTransition name="hero">
            <h1>moves</h1>
          </ViewTransition>
        </main>
      ),
      act() {
        log("data is here");
        shown.open("shown");
        hidden.open("never sent");
      },
    };
  });
