/* Zones that change without a reload: who hears it, where the focus goes, what is said while waiting and on failure.
   Enhancements only: each form and link that htmx answers for works without it. */
"use strict";

const PATIENCE_MS = 400;
const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.getElementById("contenu").append(said);

/* Whether somebody pressed something, and waits for what follows; who types goes on typing. */
const wasPressed = (ctx) => ["submit", "click"].includes(ctx.sourceEvent?.type);

function paragraph(...content) {
  const made = document.createElement("p");
  made.append(...content);
  return made;
}

function fail(ctx) {
  const again = document.createElement("a");
  again.className = "lone-link";
  again.href = ctx.request.method === "GET" ? ctx.request.action : location.href;
  again.textContent = "Réessayer";
  const words = "La page n’a pas pu être mise à jour.";
  ctx.target.replaceChildren(paragraph(words), paragraph(again));
  if (wasPressed(ctx)) again.focus();
  said.textContent = words;
}

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  ctx.target.setAttribute("aria-busy", "true");
  ctx.waiting = setTimeout(() => ctx.target.prepend(paragraph("Chargement…")), PATIENCE_MS);
});

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  clearTimeout(ctx.waiting);
  if (ctx.response.raw.ok) return;
  event.preventDefault();
  fail(ctx);
});

/* An answer without the zone is another page, that of a session that ended: it is shown whole. */
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail;
  if (tasks.some((task) => task.type === "main" && task.fragment.childElementCount)) return;
  event.preventDefault();
  location.assign(ctx.response.raw.url);
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const heading = ctx.target.querySelector("[data-live-heading]") ?? ctx.target;
  if (wasPressed(ctx)) heading.focus();
  else said.textContent = ctx.target.querySelector("[data-live-said]")?.textContent ?? "";
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx) fail(ctx);
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  clearTimeout(ctx.waiting);
  ctx.target.removeAttribute("aria-busy");
});
