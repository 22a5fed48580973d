"""Saved HTML to a reading: `markup` → events, `page` → blocks, `epaper` or `web` → the parts of an article → draft and fates.

A page that is nothing but lines in markup, without title, headings or links, is read like a text dump.
"""

from gongwen_site.loader.formats.html.article import compose
from gongwen_site.loader.formats.html.bare import is_bare, read_bare
from gongwen_site.loader.formats.html.epaper import is_epaper, read_epaper
from gongwen_site.loader.formats.html.page import read_page
from gongwen_site.loader.formats.html.web import read_web
from gongwen_site.records.reading import Reading, Seed


def read_html(seed: Seed) -> Reading:
    """Return the articles of a saved page."""
    page = read_page(seed.text)
    if is_epaper(page):
        articles = read_epaper(page)
        if articles:
            return compose(seed, page, articles)
    if is_bare(page):
        return read_bare(seed, page)
    article = read_web(page)
    return compose(seed, page, () if article is None else (article,))
