export default {
  async scheduled(event, env, ctx) {
    console.log(event.type, event.cron, new Date(event.scheduledTime).toISOString(), env.NAME);
    event.noRetry();
    ctx.waitUntil(new Promise((resolve) => setTimeout(resolve, 20)).then(() => console.log("later")));
    if (env.NAME === "throws") throw new Error("not today");
    if (env.NAME === "rejects") ctx.waitUntil(Promise.reject(new Error("not later")));
  },
};
