export default {
  fetch() {
    const again = () => queueMicrotask(again);
    again();
    return new Promise(() => {});
  },
};
