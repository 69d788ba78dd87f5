// What the portal does in the browser. Every page works without it; nothing here is needed to save.
(() => {
  "use strict";

  const all = (root, selector) => {
    const found = [...root.querySelectorAll(selector)];
    return root.matches?.(selector) ? [root, ...found] : found;
  };

  // ---- once for the page: the phone's menu is a copy of the menu, so that it is written once

  function startPage() {
    for (const copy of document.querySelectorAll("[data-copy-of]")) {
      const original = document.querySelector(copy.dataset.copyOf);
      if (!original) copy.remove();
      else if (original.matches("ul")) copy.append(original.cloneNode(true));
      else copy.append(...[...original.children].map((child) => child.cloneNode(true)));
    }
    if (!window.DKFDS) return;
    new DKFDS.Navigation().init();
    const more = document.querySelector(".more-button span");
    if (more) more.textContent = document.body.dataset.more;
  }

  // ---- for the page and for every fragment that is swapped in

  function startFragment(root) {
    all(root, "[data-counter]").forEach(startCounter);
    all(root, "[data-show-when]").forEach(startCondition);
    all(root, "[data-fold-on-phone]").forEach((panel) => {
      if (window.matchMedia("(max-width: 767px)").matches) panel.open = false;
    });
    all(root, "[data-error-summary]").forEach((summary) => {
      if (window.DKFDS) new DKFDS.ErrorSummary(summary).init();
      else summary.focus();
    });
  }

  // A line break travels as two characters, and the server counts what travels.
  function startCounter(group) {
    const text = group.querySelector("textarea, input");
    const seen = group.querySelector(".character-limit");
    const heard = group.querySelector(".character-limit-sr-only");
    const limit = Number(group.dataset.counter);
    let pause;
    const count = () => {
      const left = limit - text.value.replace(/\r?\n/g, "\r\n").length;
      const words = left < 0 ? group.dataset.over : group.dataset.left;
      seen.textContent = words.replace("{n}", Math.abs(left));
      seen.classList.toggle("limit-exceeded", left < 0);
      clearTimeout(pause);
      pause = setTimeout(() => {
        heard.textContent = left < limit * 0.2 ? seen.textContent : "";
      }, 1000);
    };
    text.addEventListener("input", count);
    count();
  }

  // data-show-when="verdict=park|rework": shown while the field has one of these values.
  function startCondition(part) {
    const [name, values] = part.dataset.showWhen.split("=");
    const form = part.closest("form");
    const show = () => {
      const value = new FormData(form).getAll(name);
      part.hidden = !values.split("|").some((wanted) => value.includes(wanted));
    };
    form.addEventListener("change", show);
    show();
  }

  // ---- a double click sends once; the button keeps its name and value, so it is not disabled

  function release(form) {
    delete form.dataset.sent;
    all(form, "[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }

  function sendOnce(event) {
    const form = event.target;
    if (!form.matches("form[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
  }

  // ---- after a swap: errors first, then what the fragment asks for, then the top of the list

  function moveFocus(event) {
    const root = event.detail.target;
    const wanted = root.querySelector("[data-error-summary]") || root.querySelector("[data-focus-after-swap]");
    if (wanted) {
      if (!wanted.matches("a, button, input, select, textarea, [tabindex]")) wanted.tabIndex = -1;
      wanted.focus();
    } else if (event.detail.requestConfig?.elt?.hasAttribute?.("data-focus-list")) {
      root.tabIndex = -1;
      root.focus({ preventScroll: true });
      root.scrollIntoView({ block: "start" });
    }
  }

  function tellFailure() {
    const region = document.getElementById("messages");
    if (!region) return;
    const words = document.createElement("p");
    words.className = "alert-text";
    words.textContent = document.body.dataset.failed;
    const body = document.createElement("div");
    body.className = "alert-body";
    body.append(words);
    const alert = document.createElement("div");
    alert.className = "alert alert-error";
    alert.append(body);
    region.replaceChildren(alert);
    region.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("DOMContentLoaded", () => {
    startPage();
    if (!window.htmx) startFragment(document.body);
  });
  document.addEventListener("submit", sendOnce, true);
  // The page that comes back from the browser's memory may be sent again.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
  // htmx announces the page itself too, so this is the one place where fragments begin.
  document.addEventListener("htmx:load", (event) => startFragment(event.detail.elt));
  document.addEventListener("htmx:afterSettle", moveFocus);
  // An address to share names the filters that are set, not those that are empty.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.detail.elt.closest(".filters-form")) return;
    for (const [name, value] of [...event.detail.formData]) if (value === "") event.detail.formData.delete(name);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-once]");
    if (form) release(form);
  });
  document.addEventListener("htmx:responseError", tellFailure);
  document.addEventListener("htmx:sendError", tellFailure);
})();
