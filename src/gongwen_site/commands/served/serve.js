// Follows the builds: reloads the page when it has changed, shows what stopped the last build, copies snippets.
(() => {
  const shown = document.currentScript.dataset;
  const tab = document.querySelector(".gws-tab");
  const boxes = document.querySelector(".gws-boxes");
  const name = tab.textContent;
  const searches = /\/search\/$/.test(location.pathname);
  const KEY = "gongwen-serve-closed";
  let events;

  // A box that was closed stays so on the other pages until it says something else.
  function attend() {
    const box = boxes.querySelector("details");
    if (!box) return;
    if (sessionStorage.getItem(KEY) === box.textContent) box.open = false;
    box.addEventListener("toggle", () => {
      sessionStorage.setItem(KEY, box.open ? "" : box.textContent);
    });
  }

  function show(state) {
    if (state.edition !== shown.edition || (searches && String(state.index) !== shown.index)) {
      events.close();
      location.reload();
      return;
    }
    tab.textContent = state.building ? tab.dataset.building : name;
    if (state.box !== boxes.dataset.html) {
      boxes.dataset.html = state.box;
      boxes.innerHTML = state.box; // made and escaped by the server
      attend();
      if (!state.box && document.body.classList.contains("gws-page")) location.reload();
    }
  }

  // A browser keeps few connections to a server open: tabs that nobody sees do without.
  function follow() {
    if (document.hidden) events?.close();
    else {
      events = new EventSource(`/.serve/events?${location.pathname}`);
      events.onmessage = (event) => show(JSON.parse(event.data));
    }
  }

  boxes.dataset.html = boxes.innerHTML;
  attend();
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", (event) => event.persisted && follow());
  follow();

  for (const button of document.querySelectorAll("button.gws-copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.parentElement.querySelector("pre").textContent);
      const before = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => (button.textContent = before), 1500);
    });
  }
})();
