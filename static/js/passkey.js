/* Passkeys: the browser asks the device, and the answer goes back in an ordinary form.
   <form data-passkey="create|get" data-options="…"> holds a hidden field "credential", a button in a hidden row [data-way], and a line
   [data-said] with the words for what can happen: data-cannot, data-stopped. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-passkey]");
  if (!form) return;
  var said = form.querySelector("[data-said]");
  var button = form.querySelector("button[data-go]");

  function say(kind) { said.textContent = kind ? said.dataset[kind] : ""; said.hidden = !kind; }

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (sign) { return sign.charCodeAt(0); });
  }

  function text(buffer) {
    if (!buffer) return undefined;
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function read(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    (options.excludeCredentials || []).forEach(function (one) { one.id = bytes(one.id); });
    (options.allowCredentials || []).forEach(function (one) { one.id = bytes(one.id); });
    return options;
  }

  function written(made) {
    var answer = made.response;
    return JSON.stringify({
      id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: {},
      response: {
        clientDataJSON: text(answer.clientDataJSON), attestationObject: text(answer.attestationObject),
        authenticatorData: text(answer.authenticatorData), signature: text(answer.signature),
        userHandle: text(answer.userHandle)
      }
    });
  }

  if (!window.PublicKeyCredential || !navigator.credentials) { say("cannot"); return; }
  say(null);
  form.querySelector("[data-way]").hidden = false;
  button.addEventListener("click", function () {
    var create = form.dataset.passkey === "create";
    var options = { publicKey: read(JSON.parse(form.dataset.options)) };
    say(null);
    button.setAttribute("aria-busy", "true");
    (create ? navigator.credentials.create(options) : navigator.credentials.get(options)).then(function (made) {
      form.elements.credential.value = written(made);
      form.submit();
    }).catch(function () {
      button.removeAttribute("aria-busy");
      say("stopped");
    });
  });
}());
