"""What a result shows and the text of an article, one file each. Twin, for reading: `static/js/search/documents.js`."""

import codecs
import json
from typing import Any

from gongwen_site.search.documents import Document
from gongwen_site.search.format import TEXTS, canonical
from gongwen_site.search.store import Store

ENCODING = "gbk"
"""Of a text file: a sixth fewer bytes, compressed, than UTF-8. What it does not hold is escaped, as JSON may be."""


class Documents:
    """The texts of a site's articles, read on need."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def text(self, number: int) -> dict[str, Any]:
        """Return what the text file of a document holds. Raises GongwenError if it is missing or damaged."""
        found: dict[str, Any] = self._store.decoded(f"{TEXTS}/{number}.bin", read_printed)
        return found


def text_of(document: Document, length: int) -> dict[str, Any]:
    """Return what the text file of a document holds: what a result shows, how many terms its body has, and the text itself."""
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
        "length": length,
        "paragraphs": document.paragraphs,
        "captions": document.captions,
    }
    return {key: value for key, value in row.items() if value is not None}


def shown_fields(text: dict[str, Any]) -> list[str]:
    """Return the texts of the fields of which a text tells all, as they are indexed, in their order: all but the last."""
    deck = (text.get(key) for key in ("standing_head", "kicker", "deck"))
    lines = (
        (text["title"],),
        (line for line in deck if line),
        (*text["paragraphs"], *text["captions"]),
        text.get("byline", ()),
    )
    return ["\n".join(field) for field in lines]


def printed(text: dict[str, Any]) -> bytes:
    """Return a text as its file holds it."""
    return canonical(text).decode().encode(ENCODING, _ESCAPED)


def read_printed(content: bytes) -> dict[str, Any]:
    """Return the text that a file holds. Raises ValueError if it is damaged."""
    found: dict[str, Any] = json.loads(content.decode(ENCODING))
    return found


def _escape(failure: UnicodeError) -> tuple[str, int]:
    if not isinstance(failure, UnicodeEncodeError):
        raise failure
    unknown = failure.object[failure.start : failure.end]
    return json.dumps(unknown)[1:-1], failure.end


_ESCAPED = "gongwen-json"
codecs.register_error(_ESCAPED, _escape)
