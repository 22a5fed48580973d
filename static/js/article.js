// The buttons of an article: copy the citation, print, and keep the switch of the line numbers from page to page.
//   <button data-copy="#cite" data-done="已复制">    copies the text of what the selector names, and says so for two seconds
//   <button data-print>                              opens the print dialogue
//   <input type="checkbox" id="refs">                shows the dump's line numbers; works without this script
{
  const DONE_MS = 2000;

  // Pages opened from a disk or over plain HTTP have no clipboard interface; there the selection is copied.
  const copy = async (element) => {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(element.innerText);
        return true;
      } catch {
        // Refused: fall through to the selection.
      }
    }
    getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    const word = button.textContent;
    let timer = 0;
    button.addEventListener("click", async () => {
      const element = document.querySelector(button.dataset.copy);
      if (!element || !(await copy(element)) || !button.dataset.done) return;
      button.textContent = button.dataset.done;
      clearTimeout(timer);
      timer = setTimeout(() => {
        button.textContent = word;
      }, DONE_MS);
    });
    button.setAttribute("aria-live", "polite");
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => print());
  }

  const refs = document.getElementById("refs");
  if (refs) {
    const KEY = "gwRefs";
    try {
      if (sessionStorage.getItem(KEY)) refs.checked = true;
      refs.addEventListener("change", () => {
        if (refs.checked) sessionStorage.setItem(KEY, "1");
        else sessionStorage.removeItem(KEY);
      });
    } catch {
      // Storage is closed to this page.
    }
  }
}
