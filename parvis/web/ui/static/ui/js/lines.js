/* Lines walked through from the keyboard, while the focus stands in their list: arrows, X to tick. Tab goes on as ever. */
"use strict";

document.addEventListener("keydown", (event) => {
  const list = event.target.closest("[data-lines]");
  if (!list || event.ctrlKey || event.metaKey || event.altKey) return;
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
