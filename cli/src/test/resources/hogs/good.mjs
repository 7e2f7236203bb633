// Renders a small page, as its clients expect.
export default {
  fetch(request) {
    const rows = Array.from({ length: 50 }, (_, i) => `<li>${i}: ${request.url.length}</li>`);
    return new Response(`<ul>${rows.join("")}</ul>`, { headers: { "content-type": "text/html" } });
  },
};
