"""What a result shows and the text of an article, one file each. Twin, for reading: `static/js/search/documents.js`."""

from typing import Any

from gongwen_site.search.documents import Document
from gongwen_site.search.format import TEXTS
from gongwen_site.search.store import Store


class Documents:
    """The texts of a site's articles, read on need."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def text(self, number: int) -> dict[str, Any]:
        """Return what the text file of a document holds. Raises GongwenError if it is missing or damaged."""
        found: dict[str, Any] = self._store.json(f"{TEXTS}/{number}.bin")
        return found


def text_of(document: Document) -> dict[str, Any]:
    """Return what the text file of a document holds: what a result shows, and the text itself."""
    row = {
        "id": document.id,
        "title": document.title,
        "supplied": document.title_supplied or None,
        "standing_head": document.standing_head,
        "kicker": document.kicker,
        "deck": document.deck,
        "byline": document.byline or None,
        "date": document.date,
        "inferred": document.inferred or None,
        "paper": document.paper,
        "regions": document.regions or None,
        "characters": document.characters,
        "paragraphs": document.paragraphs,
        "captions": document.captions,
    }
    return {key: value for key, value in row.items() if value is not None}
