/* The voting paper: what was marked is not lost with the line. Everything works without this.
   1. The paper is sent from the page. When it does not arrive, the page stays as it is and says so; the same paper counts once.
   2. On one's own device the marks of an open vote are kept until they have arrived; those of a secret one nowhere but here.
   3. The space bar turns a card over that can be marked beside others. */
(function () {
  "use strict";
  var MARKS = /^(form|choice|mark-|rank-)/;

  function kept(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch (nothing) { return null; }
  }

  function keep(key, form) {
    var marks = [];
    new FormData(form).forEach(function (value, name) { if (MARKS.test(name)) marks.push([name, value]); });
    try { localStorage.setItem(key, JSON.stringify(marks)); } catch (full) { /* then it is only on the page */ }
  }

  function forget(key) {
    try { localStorage.removeItem(key); } catch (closed) { /* nothing was kept */ }
  }

  function restore(key, form) {
    (kept(key) || []).forEach(function (mark) {
      var field = form.elements.namedItem(mark[0]);
      if (field) field.value = mark[1];
    });
  }

  function show(answer, html) {
    var page = new DOMParser().parseFromString(html, "text/html");
    var fresh = page.getElementById("page");
    if (!fresh || (answer.redirected && new URL(answer.url).pathname !== location.pathname)) {
      location.assign(answer.url);
      return;
    }
    document.getElementById("page").replaceWith(fresh);
    document.title = page.title;
    history.replaceState(null, "", answer.url);
    window.scrollTo(0, 0);
    if (window.htmx) window.htmx.process(fresh);
    fresh.dispatchEvent(new CustomEvent("htmx:afterSwap", { bubbles: true }));
    start(true);
  }

  /* `again`: this paper came back with its reasons, so it says what holds, not the device. */
  function start(again) {
    var done = document.querySelector("[data-forget]");
    if (done) forget("vote-" + done.dataset.forget);
    var form = document.querySelector("form[data-vote]");
    if (!form || !window.fetch || !window.URLSearchParams) return;
    var key = form.dataset.vote === "open" && form.dataset.keep ? "vote-" + form.dataset.keep : null;
    var unsent = form.querySelector("[data-unsent]");
    if (key) {
      if (again) keep(key, form); else restore(key, form);
      form.addEventListener("change", function () { keep(key, form); });
    }
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      unsent.hidden = true;
      fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin" }).then(function (answer) {
        if (answer.status >= 500) throw new Error("not yet");
        return answer.text().then(function (html) { show(answer, html); });
      }).catch(function () {
        unsent.hidden = false;
        delete form.dataset.sent;
        form.querySelectorAll("[aria-busy]").forEach(function (button) { button.removeAttribute("aria-busy"); });
      });
    });
  }

  document.addEventListener("keydown", function (event) {
    var field = event.target;
    if (event.key !== " " || !field.checked || !field.closest(".choice--mark")) return;
    event.preventDefault();
    field.closest(".choice--mark").querySelectorAll("input").forEach(function (other) {
      if (other !== field) { other.checked = true; other.focus(); other.dispatchEvent(new Event("change", { bubbles: true })); }
    });
  });

  start(false);
}());
