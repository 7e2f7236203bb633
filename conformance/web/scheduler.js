// scheduler.wait: fulfils later, or rejects with its signal's reason.
const log = (...values) => console.log(values.join(" "));
const order = [];
const waits = [20, 1].map((delay) => scheduler.wait(delay).then((value) => order.push(`${delay}:${value}`)));
await Promise.all(waits);
log(order);

const controller = new AbortController();
const wait = scheduler.wait(60_000, { signal: controller.signal });
controller.abort("enough");
log(await wait.catch(String));
log(await scheduler.wait(1, { signal: AbortSignal.abort() }).catch((error) => error.name));
log(await scheduler.wait(1, { signal: {} }).catch((error) => error.name));
log(await scheduler.wait().catch((error) => error.name));
log(Object.prototype.toString.call(scheduler), /^Runnel\/\d/.test(navigator.userAgent));
