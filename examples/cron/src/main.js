// Notes when it was called last, and tells whoever asks.
let last = "never";

export default {
  async scheduled(event, env, ctx) {
    last = `${new Date(event.scheduledTime).toISOString()} by "${event.cron}"`;
    ctx.waitUntil(report(`called at ${last}`));
  },
  fetch() {
    return new Response(`called last: ${last}\n`);
  },
};

async function report(text) {
  console.log(text);
}
