// The benchmark's page as a program: what an isolate of it takes with all of Runnel's own JavaScript.
import "./page.jsx";

export default {
  fetch(request) {
    return new Response(globalThis.render(new URL(request.url).pathname));
  },
};
