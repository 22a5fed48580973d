// @ts-check
// Stands in the head of the search page, before its styles: starts the engine, fetches the manifest beside it, and asks
// what the address asks, all before the page's own script is there. engine.js takes over what this began.

const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const root = new URL(script.dataset.root ?? "", location.href).href;

/** @type {import("./engine.js").Start} */
const start = {
  root,
  asked: location.search,
  said: [],
  failed: false,
  worker: null,
  manifest: fetch(`${root}search/manifest.json`, { cache: "no-cache" })
    .then((reply) => (reply.ok ? reply.arrayBuffer() : null))
    .catch(() => null),
};
try {
  const worker = new Worker(`${root}assets/js/engine.js`);
  start.worker = worker;
  worker.onmessage = ({ data }) => start.said.push(data);
  worker.onerror = () => (start.failed = true);
  worker.postMessage({ open: `${root}search/`, id: 0, ask: start.asked });
  start.manifest.then((manifest) => worker.postMessage({ manifest }));
} catch {
  // A page opened from a disk has no workers.
}
/** @type {any} */ (globalThis).gongwenStart = start;
