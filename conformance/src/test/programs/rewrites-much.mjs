const row = `<tr>${"<td class='a'>cell</td>".repeat(350)}</tr>\n`;
const table = new TextEncoder().encode(`<table>${row}</table>`.padEnd(8192, " "));

export default {
  fetch() {
    let left = 12_800;
    const body = new ReadableStream({
      type: "bytes",
      pull(controller) {
        controller.enqueue(table.slice());
        if (--left === 0) controller.close();
      },
    }, { highWaterMark: 0 });
    let tables = 0;
    return new HTMLRewriter()
      .on("table", { element: () => void tables++ })
      .on("td.b, tr:nth-child(7)", { element: (cell) => void cell.remove() })
      .onDocument({ end: (end) => void end.append(`<p>${tables} tables</p>`, { html: true }) })
      .transform(new Response(body));
  },
};
