function deeper() {
  return 1 + deeper();
}

export default {
  fetch() {
    return new Response(String(deeper()));
  },
};
