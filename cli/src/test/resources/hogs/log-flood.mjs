// Says a lot.
export default {
  fetch() {
    for (;;) console.log("x".repeat(1_000));
  },
};
