// A worker that passes every request on to the origin in ORIGIN.
export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url);
    return fetch(env.ORIGIN + pathname);
  },
};
