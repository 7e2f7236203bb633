export default {
  fetch() {
    return new Promise((answer) => {
      setTimeout(() => answer(new Response("answered all the same")));
      setTimeout(() => {
        throw new Error("thrown in a timer");
      });
    });
  },
};
