// Passes requests on to the host that ORIGIN names. Neither body is ever touched by JavaScript.
export default {
  fetch(request, env) {
    const { pathname, search } = new URL(request.url);
    return fetch(new URL(pathname + search, env.ORIGIN), request);
  },
};
