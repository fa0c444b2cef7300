/* Files leave one by one, each with its progress; one that fails is sent again with a button, the others go on.
   Without it, the form sends them all at once. */
"use strict";

const form = document.querySelector("[data-deposit]");
const input = form.querySelector("input[type=file]");
const list = form.querySelector("[data-sent]");
const said = form.querySelector("[data-said]");
const tellWeight = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} Ko` : `${(bytes / 1e6).toFixed(1).replace(".", ",")} Mo`);
let waiting = [];
let isBusy = false;
let next = form.dataset.next;

function made(name, text = "", className = "") {
  const element = document.createElement(name);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

/* A line of the list: the name of the file, how far it is, what became of it. */
function lineOf(file) {
  const line = made("li", "", "stack stack-xs");
  const gauge = made("progress");
  gauge.max = 1;
  gauge.value = 0;
  gauge.setAttribute("aria-label", `Envoi de ${file.name}`);
  const state = made("p", "En attente", "small");
  line.append(made("p", `${file.name} (${tellWeight(file.size)})`, "row-title"), gauge, state);
  list.append(line);
  return { file, line, gauge, state };
}

function settle(sending, words) {
  sending.gauge.remove();
  sending.state.textContent = words;
}

function fail(sending) {
  settle(sending, "L’envoi a échoué. ");
  const again = made("button", "Réessayer", "button button-secondary button-small");
  again.type = "button";
  again.addEventListener("click", () => {
    sending.line.remove();
    add([sending.file]);
  });
  sending.line.append(again);
}

function send(sending) {
  const request = new XMLHttpRequest();
  const body = new FormData();
  for (const hidden of form.querySelectorAll("input[type=hidden]")) body.append(hidden.name, hidden.value);
  body.append(input.name, sending.file, sending.file.name);
  return new Promise((done) => {
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) sending.gauge.value = event.loaded / event.total;
    });
    request.addEventListener("loadend", () => {
      const answer = request.status === 200 ? request.response : null;
      if (!answer) fail(sending);
      else settle(sending, answer.refused ? `Refusé : ${answer.refused}` : "Reçu");
      next = answer?.next ?? next;
      done(Boolean(answer));
    });
    request.responseType = "json";
    request.open("POST", form.action || location.href);
    request.setRequestHeader("Accept", "application/json");
    sending.state.textContent = "Envoi en cours";
    request.send(body);
  });
}

async function sendAll() {
  if (isBusy) return;
  isBusy = true;
  let arrived = true;
  let count = 0;
  while (waiting.length) {
    said.textContent = `${waiting.length} fichier${waiting.length > 1 ? "s" : ""} à envoyer`;
    arrived = (await send(waiting.shift())) && arrived;
    count += 1;
  }
  isBusy = false;
  said.textContent = arrived ? `${count} fichier${count > 1 ? "s" : ""} envoyé${count > 1 ? "s" : ""}.` : "Des fichiers ne sont pas partis : réessayez.";
  if (arrived && next && !list.querySelector("button")) location.assign(next);
}

function add(files) {
  waiting.push(...[...files].slice(0, input.multiple ? files.length : 1).map(lineOf));
  sendAll();
}

form.querySelector("[data-drop]").hidden = false;
form.addEventListener("dragover", (event) => event.preventDefault());
form.addEventListener("drop", (event) => {
  event.preventDefault();
  add(event.dataTransfer.files);
});
form.addEventListener("submit", (event) => {
  if (!input.files.length) return;
  event.preventDefault();
  add(input.files);
  input.value = "";
});
addEventListener("beforeunload", (event) => {
  if (isBusy) event.preventDefault();
});
