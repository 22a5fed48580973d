// @ts-check
// On every page of the offline edition, which is opened from a disk: nothing can be fetched there, no worker made, and an
// address that ends in a slash shows a list of files. Links that scripts make get their index.html, and on the search page
// this stands in start.js's place: each file of the index is a script that calls gongwenFile with its bytes in base64.

{
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const home = new URL(own.dataset.root ?? "./", location.href).href;
  /** @type {Map<string, (bytes: Uint8Array) => void>} */
  const awaited = new Map();
  const scope = /** @type {any} */ (globalThis);

  scope.gongwenFile = (/** @type {string} */ name, /** @type {string} */ base64) => {
    awaited.get(name)?.(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
    awaited.delete(name);
  };

  /** @param {string} name of a file below `search/` @returns {Promise<Uint8Array>} */
  const files = (name) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      awaited.set(name, resolve);
      script.src = `${home}search/${name.replace(/\.\w+$/, "")}.js`;
      script.onload = () => {
        script.remove();
        if (awaited.delete(name)) reject(new Error(name));
      };
      script.onerror = () => {
        script.remove();
        awaited.delete(name);
        reject(new Error(name));
      };
      document.head.append(script);
    });

  scope.gongwenStart = {
    root: home,
    asked: location.search,
    said: [],
    failed: true,
    worker: null,
    manifest: Promise.resolve(null),
    files,
  };

  /** @param {ParentNode} part */
  function mend(part) {
    for (const link of part.querySelectorAll('a[href*="/"]')) {
      const address = new URL(link.getAttribute("href") ?? "", location.href);
      if (address.protocol !== "file:" || !address.pathname.endsWith("/")) continue;
      address.pathname += "index.html";
      link.setAttribute("href", address.href);
    }
  }

  new MutationObserver((changes) => {
    for (const { target } of changes) mend(/** @type {Element} */ (target));
  }).observe(document, { childList: true, subtree: true });
}
