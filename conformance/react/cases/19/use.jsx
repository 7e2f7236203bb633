import { createContext, Suspense, use } from "react";
import { both, gate, idle, log } from "../../support.jsx";

const Theme = createContext("light");

function Value({ promise, themed }) {
  const theme = themed ? use(Theme) : "plain";
  return (
    <p className={theme}>
      {use(promise)} {10n}
    </p>
  );
}

export default () =>
  both(() => {
    const [first, second, failing] = [gate(), gate(), gate()];
    return {
      element: (
        <Theme value="dark">
          <main>
            <Value promise={Promise.resolve("already there")} themed />
            <Suspense fallback={<i>loading</i>}>
              <Value promise={first.promise} themed />
              <Value promise={second.promise} />
            </Suspense>
            <Suspense fallback={<i>loading what fails</i>}>
              <Value promise={failing.promise} />
            </Suspense>
          </main>
        </Theme>
      ),
      async act() {
        log("second");
        second.open("second");
        await idle();
        log("first");
        first.open("first");
        await idle();
        failing.fail(new Error("no value"));
      },
    };
  });
