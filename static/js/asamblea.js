/* Asamblea: the only script of our own. Every page works without it; it only spares people a mistake.
   1. A refused form: the box with the reasons takes the focus.
   2. A form is sent once: the second tap on a slow line does nothing.
   3. The wire: when the line is down or the server refuses, a strip at the foot says so in words.
   4. Print buttons: <button hidden data-print> appears and prints; folds are open on paper.
   5. A page that refreshes itself (the hall) says when it cannot, and since when.
   6. Files that are too large together: said when they are chosen and before they are sent.
   7. The hall: when there is more than the screen holds, the letters shrink a little, never below two thirds.
   8. What comes in by itself is told to who hears the page: the words marked data-tell, when they have changed. */
(function () {
  "use strict";
  var wire = document.getElementById("wire");

  function say(kind) {
    if (!wire) return;
    wire.textContent = kind ? wire.dataset[kind] : "";
    wire.hidden = !kind;
  }

  function settle(root) {
    var box = root.querySelector("[data-focus]");
    if (box) box.focus();
    root.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
  }

  /* A form that says how many bytes its files may have together, and the words for more than that. */
  function tooMuch(form) {
    var told = form.querySelector("[data-too-much]"), all = 0;
    if (!told) return false;
    form.querySelectorAll("input[type=file]").forEach(function (field) {
      for (var place = 0; place < field.files.length; place += 1) all += field.files[place].size;
    });
    told.hidden = all <= Number(form.dataset.most);
    return !told.hidden;
  }

  function release(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach(function (button) { button.removeAttribute("aria-busy"); });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if ((form.getAttribute("method") || "").toLowerCase() !== "post") return;
    if (tooMuch(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      form.querySelector("[data-too-much]").focus();
      return;
    }
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sent = "1";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    setTimeout(function () { release(form); }, 15000);
  }, true);

  /* Coming back with the Back button: the form may be sent again, the server knows twice from once. */
  window.addEventListener("pageshow", function () {
    say(null);
    document.querySelectorAll("form[data-sent]").forEach(release);
  });

  document.addEventListener("change", function (event) {
    if (event.target.type === "file" && event.target.form) tooMuch(event.target.form);
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
  });

  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details:not([open], .help, .hash, [hx-get])").forEach(function (fold) {
      fold.open = true;
      fold.dataset.printed = "";
    });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-printed]").forEach(function (fold) {
      fold.open = false;
      delete fold.dataset.printed;
    });
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.target.closest) { var form = event.target.closest("form"); if (form) release(form); }
    if (event.detail.successful || event.detail.xhr.status === 422 || event.detail.xhr.status === 409) {
      say(null);
      document.body.removeAttribute("data-stale");
      document.querySelectorAll("[data-last]").forEach(function (hour) {
        hour.textContent = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: hour.dataset.last });
      });
    }
  });
  document.addEventListener("htmx:sendError", function () { say("lost"); document.body.setAttribute("data-stale", ""); });
  document.addEventListener("htmx:timeout", function () { say("lost"); document.body.setAttribute("data-stale", ""); });
  document.addEventListener("htmx:responseError", function () { say("refused"); document.body.setAttribute("data-stale", ""); });
  document.addEventListener("htmx:afterSwap", function (event) { settle(event.target); });

  function fit() {
    var hall = document.body;
    if (!hall.classList.contains("hall")) return;
    for (var size = 1; size > 0.66; size -= 0.03) {
      hall.style.setProperty("--fit", size);
      if (document.documentElement.scrollHeight <= window.innerHeight) return;
    }
  }
  window.addEventListener("resize", fit);
  document.addEventListener("htmx:afterSettle", fit);

  /* Said in a part of its own, which stays: a part that is replaced whole is not read out, or all of it again and again. */
  function heard() {
    return Array.from(document.querySelectorAll("[data-tell]"), function (one) {
      return one.textContent.replace(/\s+/g, " ").trim();
    }).join(". ");
  }
  var told = heard();
  document.addEventListener("htmx:afterSettle", function () {
    var place = document.getElementById("told"), now = heard();
    if (!place || now === told) return;
    told = now;
    place.textContent = now;
  });

  settle(document);
  fit();
}());
