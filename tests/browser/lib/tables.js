// Tables as programs and spreadsheets read them.

/** The rows of a CSV, the head among them (RFC 4180). */
export function rowsOf(text) {
  const rows = [];
  let [row, cell, quoted] = [[], '', false];
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[(at += 1)];
      else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === ',') {
      row.push(cell);
      cell = '';
    } else if (sign === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')]);
      [row, cell] = [[], ''];
    } else cell += sign;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/** The rows of a CSV by the names of their columns. */
export function recordsOf(text) {
  const [head, ...rows] = rowsOf(text);
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index]])));
}
