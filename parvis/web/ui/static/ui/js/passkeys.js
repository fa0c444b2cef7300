/* Passkeys: what the page shows where the device can, and the words between the page and the device. */
const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const bytes = (words) => Uint8Array.from(
  atob(words.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0),
);

const SLIPPED = "L’appareil n’a pas répondu. Réessayez, ou choisissez un autre moyen.";
const KNOWN = "Cet appareil a déjà une clé d’accès.";

/* What the server asks, in the device's own terms. */
const asked = {
  create: (options) => ({
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: options.excludeCredentials.map((known) => ({ ...known, id: bytes(known.id) })),
  }),
  get: (options) => ({ ...options, challenge: bytes(options.challenge), allowCredentials: [] }),
};

/* What the device answers, in the server's. */
const answered = {
  create: (response) => ({
    attestationObject: text(response.attestationObject),
    transports: response.getTransports ? response.getTransports() : [],
  }),
  get: (response) => ({
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle ? text(response.userHandle) : null,
  }),
};

const ask = async (form) => {
  const gesture = form.dataset.passkey;
  const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  const reply = await fetch(form.dataset.challenge, { method: "POST", body, headers: { Accept: "application/json" } });
  if (reply.redirected) { /* too long ago: the page itself asks again who it is */
    location.reload();
    return "";
  }
  const options = await reply.json();
  if (!reply.ok) throw new Error(options.refusal);
  const found = await navigator.credentials[gesture]({ publicKey: asked[gesture](options) });
  return JSON.stringify({
    id: found.id,
    rawId: text(found.rawId),
    type: found.type,
    response: { clientDataJSON: text(found.response.clientDataJSON), ...answered[gesture](found.response) },
  });
};

const words = (error) => {
  if (error.name === "InvalidStateError") return KNOWN;
  return error.name === "Error" && error.message ? error.message : SLIPPED;
};

const listen = (form) => {
  const status = form.querySelector("[data-passkey-status]");
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    status.textContent = "";
    try {
      form.elements.answer.value = await ask(form);
      if (form.elements.answer.value) form.requestSubmit();
    } catch (error) {
      status.textContent = words(error);
    }
  });
  /* « Précédent » brings the form back: its answer served. */
  window.addEventListener("pageshow", () => { form.elements.answer.value = ""; });
};

document.querySelector("[data-focus]")?.focus();

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    listen(form);
    form.hidden = false;
    for (const instead of document.querySelectorAll("[data-passkey-instead]")) instead.hidden = true;
  }
  for (const offer of document.querySelectorAll("[data-passkey-offer]")) offer.hidden = false;
}
