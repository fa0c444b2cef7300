/* Lines walked through from the keyboard, from the first arrow down on: arrows, X to tick. Tab goes on as ever. */
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === document.body && event.key === "ArrowDown") {
    const first = document.querySelector("[data-lines] li a");
    if (first) event.preventDefault();
    first?.focus();
    return;
  }
  if (!event.target.closest("[data-lines]")) return;
  const row = event.target.closest("li");
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (step) {
    event.preventDefault();
    row[step]?.querySelector("a").focus();
  } else if (event.key.toLowerCase() === "x") {
    const box = row.querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
  }
});
