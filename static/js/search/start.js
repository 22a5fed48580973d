// @ts-check
// Stands in the head of the search page, before its styles: starts the engine, and asks what the address asks, all before
// the page's own script is there. Beside the engine it fetches the manifest, and then what this leads to without one:
// the pages of the directory that the query's pairs of characters stand in, and the sizes. engine.js takes over.

const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const root = new URL(script.dataset.root ?? "", location.href).href;
const MANIFEST = "manifest.json";

/** @param {string} name @param {RequestInit} [how] @returns {Promise<ArrayBuffer | null>} */
const file = (name, how) =>
  fetch(`${root}search/${name}`, how)
    .then((reply) => (reply.ok ? reply.arrayBuffer() : null))
    .catch(() => null);

/** @type {import("./engine.js").Start} */
const start = {
  root,
  asked: location.search,
  said: [],
  failed: false,
  worker: null,
  manifest: file(MANIFEST, { cache: "no-cache" }),
};

// The line that says how a query is read has its place before it comes.
document.documentElement.classList.toggle("asks", Boolean(new URLSearchParams(start.asked).get("q")));

/** @param {ArrayBuffer | null} manifest @returns {string[]} at most as many files as a browser fetches at once */
function leads(manifest) {
  try {
    const { pages, sizes } = JSON.parse(new TextDecoder().decode(manifest ?? new ArrayBuffer(0)));
    const query = new URLSearchParams(start.asked).get("q")?.toLowerCase() ?? "";
    const names = Array.from(query.slice(0, 8), (_, at) => query.slice(at, at + 2))
      .filter((pair) => /^[\u4e00-\u9fff]{2}$/.test(pair))
      .map((pair) => `pages/${pages.findLast(([first]) => first <= pair)[1]}.bin`);
    return [...new Set(names), ...(sizes.length === 1 ? [`sizes/${sizes[0]}.bin`] : [])].slice(0, 6);
  } catch {
    return []; // the engine will say what is wrong
  }
}

try {
  const worker = new Worker(`${root}assets/js/engine.js`);
  start.worker = worker;
  worker.onmessage = ({ data }) => start.said.push(data);
  worker.onerror = () => (start.failed = true);
  worker.postMessage({ open: `${root}search/`, expect: [MANIFEST], id: 0, ask: start.asked });
  start.manifest.then((manifest) => {
    const expect = leads(manifest);
    worker.postMessage({ expect, file: [MANIFEST, manifest] });
    for (const name of expect) file(name).then((content) => worker.postMessage({ file: [name, content] }));
  });
} catch {
  // A page opened from a disk has no workers.
}
/** @type {any} */ (globalThis).gongwenStart = start;
