// Passkeys: the one thing here that needs a script, since only a script may ask the device.
//
// For <form data-passkey="make" or "use" data-passkey-url="…"> with a hidden field `credential`:
// its button [data-passkey-button] is shown where the browser knows passkeys. Pressed, it asks the
// server what to ask, asks the device, and sends the form with the answer. What did not work is
// said by [data-passkey-problem]; a browser without passkeys shows [data-passkey-without].

const LETTERS = { "+": "-", "/": "_", "=": "" };

/** The bytes of a text in the alphabet for addresses. */
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** The text of bytes in the alphabet for addresses; null stays null. */
function text(buffer) {
  if (!buffer) return null;
  const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replaceAll(/[+/=]/g, (letter) => LETTERS[letter]);
}

/** The server's question, with bytes where the device wants them. */
function question({ publicKey }) {
  const named = (each) => ({ ...each, id: bytes(each.id) });
  const asked = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (asked.user) asked.user = named(asked.user);
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (asked[list]) asked[list] = asked[list].map(named);
  }
  return { publicKey: asked };
}

/** The device's answer, as text that the server reads. */
function answer(credential) {
  const given = credential.response;
  const response = { clientDataJSON: text(given.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (given[part]) response[part] = text(given[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

/** Ask the server, then the device. Throws when either says no. */
async function ask(form) {
  const token = form.querySelector('input[name="csrfmiddlewaretoken"]').value;
  const asked = await fetch(form.dataset.passkeyUrl, {
    method: "POST",
    headers: { "X-CSRFToken": token },
    credentials: "same-origin",
    redirect: "error",
  });
  if (!asked.ok) throw new Error(String(asked.status));
  const options = question(await asked.json());
  const device = navigator.credentials;
  return form.dataset.passkey === "make" ? device.create(options) : device.get(options);
}

async function pressed(form, button) {
  const problem = form.querySelector("[data-passkey-problem]");
  const field = form.querySelector('input[name="credential"]');
  button.disabled = true;
  if (problem) problem.hidden = true;
  try {
    field.value = answer(await ask(form));
  } catch {
    field.value = "";
    if (problem) problem.hidden = false;
    return;
  } finally {
    button.disabled = false;
  }
  // The other fields may be empty: the passkey says it all.
  form.noValidate = true;
  form.requestSubmit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-passkey-button]");
  const known = Boolean(window.PublicKeyCredential);
  button.hidden = !known;
  for (const without of form.querySelectorAll("[data-passkey-without]")) without.hidden = known;
  if (known) button.addEventListener("click", () => pressed(form, button));
}
