import { both, gate, log, suspending } from "../../support.jsx";

export default async function () {
  for (const reason of [new Error("timed out"), undefined, "a string"]) {
    await both(() => {
      const Late = suspending(gate());
      return {
        element: (
          <main>
            <Late />
          </main>
        ),
        act({ abort }) {
          log("abort");
          abort(reason);
        },
      };
    });
  }
}
