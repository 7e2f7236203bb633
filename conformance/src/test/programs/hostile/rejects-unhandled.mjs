export default {
  fetch() {
    Promise.reject(new Error("nobody handles this"));
    return new Promise(() => {
      throw new Error("the handler fails");
    });
  },
};
