import { both, gate, log, suspending } from "../../support.jsx";

export default async function () {
  await both(() => ({
    element: (
      <main>
        <Broken />
      </main>
    ),
  }));
  await both(() => {
    const data = gate();
    const Late = suspending(data);
    return {
      element: <Late />,
      act() {
        log("the shell's data fails");
        data.fail(new Error("no data"));
      },
    };
  });
}

function Broken() {
  throw new TypeError("broken shell");
}
