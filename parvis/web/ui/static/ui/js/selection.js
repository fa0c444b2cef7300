/* How many documents are chosen, and how heavy they are together. Without it the button does the same. */
"use strict";

const heavy = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} Ko` : `${(bytes / 1e6).toFixed(1).replace(".", ",")} Mo`);

document.addEventListener("change", ({ target }) => {
  const form = target.closest("[data-selection]");
  if (!form) return;
  const chosen = [...form.querySelectorAll("input:checked")];
  const bytes = chosen.reduce((total, box) => total + Number(box.dataset.bytes), 0);
  const many = chosen.length > 1 ? "s" : "";
  const words = `${chosen.length} document${many} sélectionné${many} (${heavy(bytes)})`;
  form.querySelector("[role=status]").textContent = chosen.length ? words : "";
});
