// Falls into the same hole again and again.
const deeper = (n) => deeper(n + 1) + 1;
export default {
  fetch() {
    for (;;) {
      try {
        deeper(0);
      } catch {}
    }
  },
};
