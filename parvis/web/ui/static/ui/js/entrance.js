/* Enhancements of the entrance: every page works without this file. */
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);

/* What a form refused is read at once. */
const summary = one("[data-focus]");
if (summary) summary.focus();

/* « Afficher » at the right of a password. */
for (const place of all("[data-reveal]")) {
  const input = one("input", place);
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.className = "button button-secondary";
  button.textContent = "Afficher";
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-controls", input.id);
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    said.textContent = shown ? "Mot de passe affiché" : "Mot de passe masqué";
  });
  input.form.addEventListener("submit", () => { input.type = "password"; });
  place.append(button, said);
}

/* « Afficher les mots de passe », for both fields at once. */
for (const label of all("[data-reveal-all]")) {
  const box = one("input", label);
  label.hidden = false;
  box.addEventListener("change", () => {
    for (const input of all("[autocomplete=new-password]", label.form || box.form)) {
      input.type = box.checked ? "text" : "password";
    }
  });
  box.form.addEventListener("submit", () => {
    for (const input of all("[autocomplete=new-password]", box.form)) input.type = "password";
  });
}

/* The four rules, checked while typing; told once, a second after the last key. */
for (const list of all("[data-criteria]")) {
  const rules = {
    length: (text) => [...text].length >= 8,
    capital: (text) => /[\p{Lu}\p{Lt}]/u.test(text),
    digit: (text) => /\p{Nd}/u.test(text),
    special: (text) => /[\p{P}\p{S}\p{Z}]/u.test(text),
  };
  const input = document.getElementById(list.dataset.criteria);
  const status = one("[data-criteria-status]");
  const check = "m5 12.5 4.5 4.5L19 7.5";
  let timer;
  input.addEventListener("input", () => {
    const text = input.value.normalize("NFC");
    let met = 0;
    for (const item of all("[data-rule]", list)) {
      const path = one("path", item);
      const right = rules[item.dataset.rule](text);
      item.dataset.circle = item.dataset.circle || path.getAttribute("d");
      path.setAttribute("d", right ? check : item.dataset.circle);
      item.classList.toggle("met", right);
      one(".visually-hidden", item).textContent = right ? " (respecté)" : " (à faire)";
      met += right;
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      status.textContent = `${met} règle${met > 1 ? "s" : ""} sur 4 respectée${met > 1 ? "s" : ""}.`;
    }, 1000);
  });
}

/* ✕ on a notice that may be closed. */
for (const notice of all("[data-dismissible]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "notice-close";
  button.textContent = "✕";
  button.setAttribute("aria-label", "Fermer ce message");
  button.addEventListener("click", () => notice.remove());
  notice.append(button);
}

/* « Renvoyer le message »: the seconds left count down in the button; only their end is announced. */
for (const button of all("[data-wait]")) {
  const words = button.textContent;
  const end = Date.now() + 1000 * Number(button.dataset.wait);
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    if (left > 0) {
      button.textContent = `${words} (${left} s)`;
      button.setAttribute("aria-disabled", "true");
      setTimeout(tick, 1000);
      return;
    }
    button.textContent = words;
    button.removeAttribute("aria-disabled");
    if (Number(button.dataset.wait) > 0) one("[data-wait-over]").textContent = "Vous pouvez renvoyer le message.";
  };
  button.form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled")) event.preventDefault();
  });
  tick();
}

/* The link may be opened on another device: ask every 5 seconds, 20 times. */
for (const place of all("[data-poll]")) {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    try {
      const answer = await fetch(place.dataset.poll, { headers: { Accept: "application/json" } });
      if (answer.ok && (await answer.json()).confirmed) {
        one("form", place).hidden = false;
        return;
      }
    } catch { /* the network is away: the next round asks again */ }
    if (asked < 20) setTimeout(ask, 5000);
  };
  setTimeout(ask, 5000);
}

/* « Imprimer ». */
for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
