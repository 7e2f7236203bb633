// Counts visits by path. What has been counted is on disk before it is answered.
export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    const count = Number(await env.COUNTS.get(pathname)) + 1;
    await env.COUNTS.put(pathname, String(count));
    return new Response(`${pathname} has been visited ${count} times\n`);
  },
};
