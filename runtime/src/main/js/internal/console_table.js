// The table that console.table prints, drawn as Node draws it.
import { inspect } from "internal:inspect";

const INDEX = "(index)";
const ITERATION_INDEX = "(iteration index)";
const VALUES = "Values";

/** undefined when the data is no table and should be logged as it is. */
export function tableOf(data, properties) {
  if (typeof data !== "object" || data === null) {
    return undefined;
  }
  if (properties !== undefined && !Array.isArray(properties)) {
    throw new TypeError('The "properties" argument must be an instance of Array.');
  }
  const { indexName, rows, keyed } = rowsOf(data);
  const columns = new Map();
  const values = [];
  rows.forEach(([, row], i) => {
    if (isTabular(row) && !keyed) {
      for (const key of properties ?? Object.keys(row)) {
        const column = columns.get(key) ?? columns.set(key, []).get(key);
        column[i] = Object.hasOwn(row, key) ? show(row[key]) : "";
      }
    } else {
      values[i] = show(row);
    }
  });
  const table = [[indexName, rows.map(([index]) => index)], ...(keyed?.(rows) ?? []), ...columns];
  if (values.length > 0) {
    table.push([VALUES, values]);
  }
  return draw(table, rows.length);
}

function rowsOf(data) {
  if (data instanceof Map) {
    const entries = [...data];
    const keys = () => [["Key", entries.map(([key]) => show(key))]];
    return { indexName: ITERATION_INDEX, rows: entries.map(([, value], i) => [String(i), value]), keyed: keys };
  }
  if (data instanceof Set) {
    return { indexName: ITERATION_INDEX, rows: [...data].map((value, i) => [String(i), value]) };
  }
  return { indexName: INDEX, rows: Object.keys(data).map((key) => [key, data[key]]) };
}

function isTabular(row) {
  return (typeof row === "object" && row !== null) || typeof row === "function";
}

function show(value) {
  return inspect(value, { maxArrayLength: 3, breakLength: Infinity, depth: isTabular(value) ? -1 : 0 });
}

function draw(columns, count) {
  const widths = columns.map(([name, cells]) => Math.max(name.length, ...Array.from(cells, lengthOf)) + 2);
  const line = (left, middle, right) => left + widths.map((width) => "─".repeat(width)).join(middle) + right;
  const row = (cells) => `│${cells.map((cell, i) => pad(cell ?? "", widths[i])).join("│")}│`;
  const lines = [line("┌", "┬", "┐"), row(columns.map(([name]) => name)), line("├", "┼", "┤")];
  for (let i = 0; i < count; i++) {
    lines.push(row(columns.map(([, cells]) => cells[i])));
  }
  return [...lines, line("└", "┴", "┘")].join("\n");
}

/** Rows that lack the column leave holes. */
function lengthOf(cell) {
  return cell?.length ?? 0;
}

/** Node 20.11 and later align to the left; a cell has one space before it. */
function pad(cell, width) {
  return ` ${cell}`.padEnd(width);
}
