import { lazy, Suspense } from "react";
import { both, gate, log } from "../../support.jsx";

export default () =>
  both(() => {
    const [code, broken] = [gate(), gate()];
    const Late = lazy(() => code.promise);
    const Broken = lazy(() => broken.promise);
    return {
      element: (
        <main>
          <Suspense fallback={<p>loading code</p>}>
            <Late name="Ada" />
            <Late name="Grace" />
          </Suspense>
          <Suspense fallback={<p>loading broken code</p>}>
            <Broken />
          </Suspense>
        </main>
      ),
      act() {
        log("code is here");
        code.open({ default: ({ name }) => <b>{name}</b> });
        broken.fail(new SyntaxError("unexpected token"));
      },
    };
  });
