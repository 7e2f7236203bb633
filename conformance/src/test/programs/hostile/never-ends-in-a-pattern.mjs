export default {
  fetch() {
    return new Response(String(/^(a+)+$/.test("a".repeat(60) + "b")));
  },
};
