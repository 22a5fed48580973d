"""How long a reader waits for ten results with their passages, in Chromium, over a slow line: our page and Pagefind.

A first query is a reader's who has nothing yet, from the navigation on; later ones are asked on the same page, as a script
would, at once, and as a reader does: typed, and sent a moment after. Both pages are told of what is typed; Pagefind then
preloads, as its own interface has it do.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from measure import ROOT
from playwright.sync_api import Browser, Error, Page, sync_playwright
from slow_server import Line, serving

sys.path.append(str(ROOT / "tests" / "browser"))
import chromium  # type: ignore[import-not-found]  # no package

SPEED, DELAY = 10e6 / 8, 0.06
"""10 Mbit/s, 60 ms."""
WANTED = 10

_PAGEFIND = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Pagefind</title>
<form role="search"><input name="q"></form><ol></ol><script type="module">
const engine = await import("./pagefind/pagefind.js");
await engine.options({ baseUrl: "/" });
await engine.init();
const form = document.querySelector("form");
form.elements.q.addEventListener("input", () => engine.preload(form.elements.q.value));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(form.elements.q.value);
});
const ask = async (query) => {
  const { results } = await engine.search(query);
  const pages = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  document.querySelector("ol").innerHTML = pages.map(({ url, meta, excerpt }) => `<li><a href="${url}">${meta.title}</a> ${excerpt}`).join("");
};
await ask(new URLSearchParams(location.search).get("q"));
</script></html>"""

_SHOWN = """(wanted) => new Promise((done) => {
  const look = () => {
    const rows = document.querySelectorAll("ol li:not([data-old])");
    if (rows.length >= wanted && rows[wanted - 1].textContent.trim()) done(performance.now());
    else setTimeout(look, 4);
  };
  look();
})"""
_AGAIN = """async ([query, wanted, pause]) => {
  for (const row of document.querySelectorAll("ol li")) row.dataset.old = "";
  const form = document.querySelector("form[role=search]");
  form.elements.q.value = query;
  if (pause) {
    form.elements.q.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => setTimeout(done, pause));
  }
  const start = performance.now();
  form.requestSubmit();
  return (await (SHOWN)(wanted)) - start;
}""".replace("SHOWN", _SHOWN)
_REST = 2500
"""Milliseconds in which all else that belongs to an answer comes."""
_PAUSE = 200
"""Milliseconds between the last character and Enter."""
_KINDS = ("first query", "later query, at once", f"later query, typed, sent {_PAUSE} ms after")


def write_pagefind_page(folder: Path) -> None:
    """Write the page that asks Pagefind's index in `folder`/pagefind."""
    (folder / "index.html").write_text(_PAGEFIND, encoding="utf-8")


def race(ours: Path, pagefind: Path, queries: Sequence[str], runs: int) -> dict[str, list[list[float]]]:
    """Return for each contender the milliseconds of each kind of query, `runs` rounds in turn."""
    line = Line(SPEED, DELAY)
    times: dict[str, list[list[float]]] = {name: [[] for _ in _KINDS] for name in ("ours", "Pagefind")}
    with serving(ours, line) as site, serving(pagefind, line) as peer, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=list(chromium.ARGUMENTS))
        addresses = {"ours": f"{site}search/?q=", "Pagefind": f"{peer}?q="}
        for turn in range(runs):
            for place, query in enumerate(queries):
                later = [queries[(place + step) % len(queries)] for step in (1, 2)]
                names = list(addresses) if (turn + place) % 2 else list(reversed(addresses))
                for name in names:
                    figures = _ask(browser, addresses[name] + query, later)
                    if figures:
                        for seen, figure in zip(times[name], figures, strict=True):
                            seen.append(figure)
        browser.close()
    return times


def _ask(browser: Browser, address: str, later: Sequence[str]) -> list[float] | None:
    context = browser.new_context(locale="zh-CN")
    try:
        page: Page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(address, wait_until="commit")
        figures: list[float] = [page.evaluate(_SHOWN, WANTED)]
        for query, pause in zip(later, (0, _PAUSE), strict=True):
            page.wait_for_timeout(_REST)
            figures.append(page.evaluate(_AGAIN, [query, WANTED, pause]))
    except Error as failure:
        print(f"  {address}: {failure}", file=sys.stderr)
        return None
    else:
        return figures
    finally:
        context.close()


def rows(times: dict[str, list[list[float]]]) -> list[tuple[str, str, str, str]]:
    """Return a row for each kind of query: medians in ms, and their ratio."""
    pick: Callable[[str, int], float] = lambda name, at: median(times[name][at])  # noqa: E731 - said twice a line
    return [
        (f"{what}, ms to {WANTED} results", f"{pick('ours', at):.0f}", f"{pick('Pagefind', at):.0f}",
         f"{pick('ours', at) / pick('Pagefind', at):.2f}")
        for at, what in enumerate(_KINDS)
    ]  # fmt: skip
