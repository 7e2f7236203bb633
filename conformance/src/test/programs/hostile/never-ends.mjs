export default {
  fetch() {
    for (;;) {}
  },
};
