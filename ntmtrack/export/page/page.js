
// What the page does beyond being read: light and dark, the list searched, the squares walked by arrow keys.
"use strict";

const byId = (id) => document.getElementById(id);

// Small letters without marks, so that "my thuan" finds Mỹ Thuận.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");

const button = byId("theme");
button.hidden = false;
button.addEventListener("click", () => {
  const root = document.documentElement;
  const isDark = getComputedStyle(root).colorScheme === "dark";
  root.dataset.theme = isDark ? "light" : "dark";
});

const form = byId("finder");
if (form) {
  form.hidden = false;
  let parts;  // each with its rows and their words, read when somebody first searches

  const read = () => [...document.querySelectorAll(".unit-part")].map((section) => {
    const title = section.querySelector("caption").textContent;
    const rows = [...section.querySelector("tbody").rows].map((row) => {
      const cells = [...row.cells].map((cell) => cell.textContent);
      return { row, words: plain(`${cells.join(" ")} ${title}`), cells, isShown: true };
    });
    return { section, title, rows };
  });

  const search = () => {
    parts ??= read();
    const words = plain(byId("q").value).split(/\s+/).filter(Boolean);
    const level = byId("level").value, part = byId("part").value;
    let count = 0;
    for (const { section, title, rows } of parts) {
      let shown = 0;
      const isAsked = !part || part === title;
      for (const one of rows) {
        const fits = isAsked && (!level || one.cells.includes(level)) && words.every((word) => one.words.includes(word));
        if (one.isShown !== fits) one.row.hidden = !(one.isShown = fits);
        shown += fits;
      }
      section.hidden = !shown;
      count += shown;
    }
    const number = count.toLocaleString(document.documentElement.lang);
    byId("found").textContent = form.dataset.found.replace("{count}", number);
  };

  form.addEventListener("input", search);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("button").addEventListener("click", (event) => {
    event.preventDefault();  // a reset by itself comes only after everyone was told
    form.reset(), search();
  });
  form.addEventListener("focusin", () => { parts ??= read(); });
  // A square leads to its row: also to one that the search has put away.
  document.addEventListener("click", (event) => {
    const square = event.target.closest(".map a");
    if (square && byId(square.hash.slice(1)).hidden) form.reset(), search();
  });
}

for (const map of document.querySelectorAll(".map")) {
  const squares = [...map.querySelectorAll("a")];
  squares.forEach((square, place) => { if (place) square.tabIndex = -1; });
  map.addEventListener("focusin", (event) => {
    for (const square of map.querySelectorAll('a[tabindex="0"], a:not([tabindex])')) square.tabIndex = -1;
    event.target.tabIndex = 0;
  });
  map.addEventListener("keydown", (event) => {
    const here = squares.indexOf(event.target);
    const row = event.target.parentElement.parentElement;
    const first = (of) => of?.querySelector("a");
    const to = {
      ArrowRight: squares[here + 1], ArrowLeft: squares[here - 1],
      ArrowDown: first(row.nextElementSibling), ArrowUp: first(row.previousElementSibling),
      Home: squares[0], End: squares.at(-1),
    }[event.key];
    if (to) event.preventDefault(), to.focus();
  });
}
