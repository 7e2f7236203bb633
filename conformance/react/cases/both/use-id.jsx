import { Fragment, Suspense, useId } from "react";
import { both, gate, suspending } from "../../support.jsx";

function Labelled({ children }) {
  const [id, other] = [useId(), useId()];
  return (
    <>
      <label htmlFor={id}>{other}</label>
      <input id={id} />
      {children}
    </>
  );
}

export default async function () {
  for (const options of [{}, { identifierPrefix: "app-" }]) {
    await both(() => {
      const data = gate();
      const Late = suspending(data);
      return {
        options,
        element: (
          <form>
            <Labelled />
            {Array.from({ length: 40 }, (_, i) => (
              <Fragment key={i}>{i % 13 === 0 && <Labelled />}</Fragment>
            ))}
            <Labelled>
              <Labelled />
              <Suspense fallback={<Labelled />}>
                <Labelled />
                <Late render={() => <Labelled />} />
              </Suspense>
              <Labelled />
            </Labelled>
          </form>
        ),
        act: () => data.open(),
      };
    });
  }
}
