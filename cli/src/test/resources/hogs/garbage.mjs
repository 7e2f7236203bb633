// Makes and drops, as fast as it can.
export default {
  fetch() {
    for (let i = 0; ; i++) globalThis.last = new Array(10_000).fill({ i });
  },
};
