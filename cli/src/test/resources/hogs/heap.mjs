// Keeps all that it makes.
const kept = [];
export default {
  fetch() {
    for (;;) kept.push(new Uint8Array(1 << 20));
  },
};
