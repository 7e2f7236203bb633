// How util.inspect lays out entries: on one line, in columns, or one below the other.
import { stringWidth } from "internal:inspect/text";

export const OBJECT = 0;
export const ARRAY = 1;
/** Arrays whose members are shown as [key, value]. */
export const ENTRIES = 2;

const SEPARATOR_WIDTH = 2;
const MAX_COLUMNS = 15;

/** Joins the formatted entries between their braces. */
export function layOut(ctx, entries, base, braces, kind, recursion, value) {
  if (ctx.compact === true) return compactLine(ctx, entries, base, braces);
  const head = base ? `${base} ` : "";
  if (typeof ctx.compact === "number" && ctx.compact >= 1) {
    const before = entries.length;
    const rows = kind === ARRAY && before > 6 ? inColumns(ctx, entries, value) : entries;
    if (ctx.currentDepth - recursion < ctx.compact && rows.length === before) {
      const start = rows.length + ctx.indentation + braces[0].length + base.length + 10;
      if (fits(ctx, rows, start, base)) {
        const joined = rows.join(", ");
        if (!joined.includes("\n")) return `${head}${braces[0]} ${joined} ${braces[1]}`;
      }
    }
    entries = rows;
  }
  const newLine = `\n${" ".repeat(ctx.indentation)}`;
  return `${head}${braces[0]}${newLine}  ${entries.join(`,${newLine}  `)}${newLine}${braces[1]}`;
}

function compactLine(ctx, entries, base, braces) {
  if (fits(ctx, entries, 0, base)) {
    return `${braces[0]}${base ? ` ${base}` : ""} ${entries.join(", ")} ${braces[1]}`;
  }
  const newLine = `\n${" ".repeat(ctx.indentation)}`;
  const start = base === "" && braces[0].length === 1 ? " " : `${base ? ` ${base}` : ""}${newLine}  `;
  return `${braces[0]}${start}${entries.join(`,${newLine}  `)} ${braces[1]}`;
}

function fits(ctx, entries, start, base) {
  let total = entries.length + start;
  if (total + entries.length > ctx.breakLength) return false;
  for (const entry of entries) {
    total += ctx.colors ? stringWidth(entry) : entry.length;
    if (total > ctx.breakLength) return false;
  }
  return base === "" || !base.includes("\n");
}

/** Puts short array elements side by side, so that the block is a little wider than high. */
function inColumns(ctx, entries, value) {
  const hasMoreItems = ctx.maxArrayLength < entries.length;
  const count = hasMoreItems ? entries.length - 1 : entries.length;
  const widths = entries.slice(0, count).map((entry) => stringWidth(entry, ctx.colors));
  const longest = widths.reduce((a, b) => Math.max(a, b), 0);
  const total = widths.reduce((a, b) => a + b + SEPARATOR_WIDTH, 0);
  const columnWidth = longest + SEPARATOR_WIDTH;
  const worthIt = columnWidth * 3 + ctx.indentation < ctx.breakLength && (total / columnWidth > 5 || longest <= 6);
  if (!worthIt) return entries;
  const columns = columnCount(ctx, columnWidth, total, entries.length, count);
  if (columns <= 1) return entries;
  const rows = alignedRows(entries, widths, count, columns, numeric(value));
  if (hasMoreItems) rows.push(entries[count]);
  return rows;
}

function columnCount(ctx, columnWidth, total, length, count) {
  const bias = Math.sqrt(columnWidth - total / length);
  const biased = Math.max(columnWidth - 3 - bias, 1);
  const square = Math.round(Math.sqrt(2.5 * biased * count) / biased);
  return Math.min(square, Math.floor((ctx.breakLength - ctx.indentation) / columnWidth), ctx.compact * 4, MAX_COLUMNS);
}

function numeric(value) {
  if (value === undefined) return true;
  for (let i = 0; i < value.length; i++) {
    if (typeof value[i] !== "number" && typeof value[i] !== "bigint") return false;
  }
  return true;
}

/** Numbers are aligned on the right, everything else on the left. */
function alignedRows(entries, widths, count, columns, alignRight) {
  const columnWidths = [];
  for (let column = 0; column < columns; column++) {
    let width = 0;
    for (let i = column; i < count; i += columns) width = Math.max(width, widths[i]);
    columnWidths.push(width + SEPARATOR_WIDTH);
  }
  const rows = [];
  for (let first = 0; first < count; first += columns) {
    const last = Math.min(first + columns, count) - 1;
    let row = "";
    for (let i = first; i < last; i++) {
      const padding = columnWidths[i - first] + entries[i].length - widths[i];
      row += alignRight ? `${entries[i]}, `.padStart(padding) : `${entries[i]}, `.padEnd(padding);
    }
    const padding = columnWidths[last - first] + entries[last].length - widths[last] - SEPARATOR_WIDTH;
    rows.push(row + (alignRight ? entries[last].padStart(padding) : entries[last]));
  }
  return rows;
}
