/* A clock that runs between two looks: how long somebody may still speak. The page says when the time is over and what hour
   it is in the house, so a wrong clock of the device does no harm; without this script the hour stands there. */
(function () {
  "use strict";
  var ahead = 0;

  function set(root) {
    var said = root.querySelector("[data-now]") || (root.closest && root.closest("[data-now]"));
    if (said) ahead = Number(said.dataset.now) - Date.now() / 1000;
  }

  function two(number) { return (number < 10 ? "0" : "") + number; }

  function tick() {
    document.querySelectorAll("[data-ends]").forEach(function (clock) {
      var left = Math.round(Number(clock.dataset.ends) - Date.now() / 1000 - ahead), over = left < 0;
      left = Math.abs(left);
      clock.textContent = Math.floor(left / 60) + ":" + two(left % 60) + (over ? " " + clock.dataset.over : "");
      clock.classList.toggle("timer--over", over);
    });
  }

  set(document);
  tick();
  setInterval(tick, 500);
  document.addEventListener("htmx:afterSwap", tick);
}());
