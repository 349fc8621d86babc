// Finds rows in the table of refused rows: those that have all words that are looked for, and the chosen values of the
// columns that may be chosen from. report.html#find=EUR opens with words set.
(() => {
  "use strict";
  const table = document.getElementById("refused-rows");
  const form = document.querySelector(".filter");
  if (!table || !form) {
    return;
  }
  const input = form.querySelector("input");
  const said = form.querySelector("output");
  const rows = Array.from(table.tBodies[0].rows, (row) => {
    const cells = Array.from(row.cells, (cell) => cell.textContent);
    return { row, cells, text: cells.join("\n").toLowerCase() };
  });
  const choices = Array.from(table.tHead.rows[0].cells)
    .filter((head) => head.hasAttribute("data-choice"))
    .map(choice);

  function choice(head) {
    const column = head.cellIndex;
    const values = Array.from(new Set(rows.map((one) => one.cells[column]))).sort();
    const select = document.createElement("select");
    select.add(new Option("all", "all"));
    values.forEach((value, i) => select.add(new Option(value || "(none)", String(i))));
    const label = document.createElement("label");
    label.append(head.textContent + " ", select);
    form.insertBefore(label, said);
    return { fits: (cells) => select.value === "all" || cells[column] === values[Number(select.value)] };
  }

  function filter() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach(({ row, cells, text }) => {
      const fits = words.every((word) => text.includes(word)) && choices.every((one) => one.fits(cells));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    said.textContent = shown + " of " + rows.length;
  }

  function readAddress() {
    if (location.hash.startsWith("#find=")) {
      try {
        input.value = decodeURIComponent(location.hash.slice(6));
      } catch (malformed) {
        input.value = location.hash.slice(6);
      }
      input.scrollIntoView();
    }
    filter();
  }

  form.addEventListener("input", filter);
  window.addEventListener("hashchange", readAddress);
  form.hidden = false;
  readAddress();
})();
