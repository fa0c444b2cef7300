/* Photos leave smaller, and again when the network breaks. Without this file the form sends them as they are. */
"use strict";

const LONGEST_SIDE = 2048;
const LIGHT_BYTES = 1_500_000;
const PAUSES_MS = [1000, 3000];
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

/* A photo redrawn within the size that the agency needs; what the browser cannot draw goes as it is. */
async function smaller(file) {
  if (!file.type.startsWith("image/") || file.size < LIGHT_BYTES) return file;
  try {
    const drawn = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(drawn.width, drawn.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(drawn.width * scale);
    canvas.height = Math.round(drawn.height * scale);
    canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
    const light = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.85); });
    return light && light.size < file.size ? new File([light], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: light.type }) : file;
  } catch {
    return file;
  }
}

/* Where the answer of the server comes from and its page, asked again twice when nothing comes back.
   Told in JSON where to go, it goes there: the page that says « c’est envoyé » is then the one that is read.
   An answer that is none of our pages is a failure at once: a proxy speaks, or the photos are too heavy for it. */
async function sent(form, data) {
  for (const ms of [...PAUSES_MS, 0]) {
    try {
      const headers = { Accept: "text/html, application/json" };
      const answer = await fetch(form.action, { method: "POST", body: data, headers });
      if (answer.headers.get("Content-Type")?.includes("json")) return await answer.json();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return answer.ok && page.querySelector("main") ? { answer, page } : null;
    } catch {
      if (ms) await pause(ms);
    }
  }
  return null;
}

async function answersOf(form, submitter, input) {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  data.delete(input.name);
  for (const file of await Promise.all([...input.files].map(smaller))) data.append(input.name, file, file.name);
  return data;
}

function place(zone, fresh) {
  zone.replaceWith(fresh);
  listen(fresh.closest("form"));
  (fresh.querySelector(".error-message") ?? fresh.querySelector("[data-photos-said]")).focus();
}

function show(page, zone) {
  const fresh = page.querySelector("[data-photos]");
  if (!page.querySelector("[data-focus]") && fresh) return place(zone, document.importNode(fresh, true));
  document.title = page.title;
  document.querySelector("main").replaceWith(document.importNode(page.querySelector("main"), true));
  for (const other of document.querySelectorAll("[data-photos]")) listen(other.closest("form"));
  return document.querySelector("[data-focus]")?.focus();
}

async function send(event) {
  const form = event.target;
  const zone = form.querySelector("[data-photos]");
  const input = zone.querySelector("input[type=file]");
  const { submitter } = event;
  const count = input ? input.files.length : 0;
  if (!count || submitter?.name === "remove") return;
  event.preventDefault();
  if (zone.getAttribute("aria-busy")) return;
  const said = zone.querySelector("[data-photos-said]");
  const failed = zone.querySelector("[data-photos-failed]");
  const many = count > 1 ? "s" : "";
  zone.setAttribute("aria-busy", "true");
  failed.hidden = true;
  said.textContent = `Envoi de ${count} photo${many}…`;
  const arrived = await sent(form, await answersOf(form, submitter, input));
  zone.removeAttribute("aria-busy");
  if (!arrived) {
    const lost = `${count} photo${many} n’${many ? "ont" : "a"} pas été envoyée${many}.`;
    said.textContent = lost;
    failed.hidden = false;
    failed.querySelector("button").onclick = () => form.requestSubmit(submitter);
    return;
  }
  const { answer, page, next } = arrived;
  if (next) location.assign(next);
  else if (answer.redirected && new URL(answer.url).pathname !== location.pathname) location.assign(answer.url);
  else show(page, zone);
}

/* Chosen photos leave at once where the page has a button for that alone. */
function listen(form) {
  const add = form.querySelector("[data-photos-add]");
  if (add) add.hidden = true;
  if (add) form.querySelector("[data-photos] input[type=file]").onchange = () => form.requestSubmit(add);
  form.onsubmit = send;
}

for (const zone of document.querySelectorAll("[data-photos]")) listen(zone.closest("form"));
