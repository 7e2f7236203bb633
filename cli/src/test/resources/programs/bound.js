export default {
  async fetch(request, env) {
    const answer = await env.BACK.fetch(request);
    return new Response(`${JSON.stringify(env.SETTINGS)} ${env.SECRET} ${await answer.text()}`);
  },
};
