// The one script of the desk: it asks the server what a passkey is to answer, the browser for the answer, and sends the form
// with it. Without it the button stays hidden, and the password is all there is.
"use strict";
const form = document.querySelector("form[data-passkey]");
const button = form.querySelector("button");
const show = (state) => {
  button.disabled = state === "asking";
  for (const part of form.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
};
const ask = async () => {
  const asked = await fetch(form.dataset.ask, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (!asked.ok) throw new Error(String(asked.status));
  const options = await asked.json();
  if (form.dataset.passkey === "add") return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
};
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  show("asking");
  try {
    form.elements.answer.value = JSON.stringify(await ask());
    form.submit();
  } catch {
    show("stopped");
    button.focus();
  }
});
if (location.origin !== form.dataset.site) show("elsewhere");
else show(window.PublicKeyCredential?.parseCreationOptionsFromJSON ? "ready" : "unable");
