import { Suspense } from "react";
import { both, gate, log, suspending } from "../../support.jsx";

export default () =>
  both(() => {
    const data = gate();
    const Late = suspending(data);
    return {
      element: (
        <html>
          <body>
            <h1>shell</h1>
            <Suspense fallback={<p>loading</p>}>
              <Late render={(value) => <p>{value}</p>} />
            </Suspense>
          </body>
        </html>
      ),
      act() {
        log("data is here");
        data.open("content");
      },
    };
  });
