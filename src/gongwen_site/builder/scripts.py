"""The script of every page, with the words that it shows: written once here rather than on every page."""

import json

from gongwen_site.builder.display import Phrases
from gongwen_site.wording import Wording

BUNDLE = "js/gongwen.js"
MODULES = ("js/search/", "js/cite/", "js/page.js", "js/theme.js", "js/box.js", "js/article.js")
"""What the bundles are made of, in the folder of static files."""
_WORDS = {
    "theme": "theme.name",
    "system": "theme.system",
    "light": "theme.light",
    "dark": "theme.dark",
    "name": "basket.name",
    "add": "basket.add",
    "added": "basket.added",
    "row": "basket.row",
    "rowAdded": "basket.row_added",
    "full": "basket.full",
    "failed": "basket.failed",
    "copy": "article.copy_citation",
    "copied": "article.copied",
    "print": "article.print",
    "ris": "citation.ris",
    "bibtex": "citation.bibtex",
    "csl": "citation.csl",
    "paragraph": "body.paragraph",
    "apart": "facts.apart",
}
"""Words of the pages, by the name that the script has for each."""
_HITS = "hits"
"""What it says beside the words that a search led to, among the words of the search."""


def with_words(bundle: str, wording: Wording, archive: str) -> str:
    """Return the bundled script with its words put on its own element, where its modules read them.

    `archive` is the name of the archive, which citations say.
    """
    phrases = Phrases(wording.site)
    words = {"archive": archive, **{name: phrases.word(key) for name, key in _WORDS.items()}, **wording.search[_HITS]}
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return f"Object.assign(document.currentScript.dataset,{text});\n{bundle}"
