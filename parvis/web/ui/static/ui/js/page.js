/* Enhancements only: every page works without this file. */
"use strict";

/* What a form refused is read at once. */
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

/* « Copier »: hidden in the page, shown where the browser can do it. */
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("[data-copied]").textContent = "Copié";
    button.nextElementSibling.textContent = "Copié";
  });
}

/* On paper, what is folded is shown. */
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});

/* « Imprimer ». */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
