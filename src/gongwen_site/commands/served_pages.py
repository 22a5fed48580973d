"""What `gongwen serve` shows beside a site's pages, as HTML: a tab at the edge, the box of mistakes, the review page."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from gongwen_site.errors import Diagnostic
from gongwen_site.wording import Wording
from gongwen_site.wording.forms import fill

_FOLDER = Path(__file__).parent / "served"
FILES: Mapping[str, Path] = {name: _FOLDER / name for name in ("serve.css", "serve.js")}
"""What the pages ask for."""


def box(words: Wording, problems: Sequence[Diagnostic]) -> str:
    """Return the box that names mistakes, nothing where there are none."""
    if not problems:
        return ""
    return render(words, "box.html", problems=[_told(words, one) for one in problems])


def insertion(words: Wording, *, edition: str, index: int, box: str, review: str) -> str:
    """Return what is put into every page: the tab, the box, the script that follows the builds."""
    shown = Markup(box)  # noqa: S704 - rendered with escaping on
    return render(words, "insertion.html", edition=edition, index=index, box=shown, review=review)


def waiting_page(words: Wording, *, is_building: bool) -> str:
    """Return the page that stands for a site that is not there yet."""
    return render(words, "waiting.html", is_building=is_building)


def review_page(
    words: Wording, *, notes: Sequence[Diagnostic], problems: Sequence[Diagnostic] = (), **view: object
) -> str:
    """Return the review page; `problems` tell why there is nothing on it."""
    told = {"notes": [_told(words, one) for one in notes], "problems": [_told(words, one) for one in problems]}
    return render(words, "review.html", **told, **view)


def render(words: Wording, template: str, **context: object) -> str:
    """Return HTML, everything escaped."""
    language = words.language

    def say(key: str, **params: object) -> str:
        return fill(words.serve[key], params)

    return _environment().get_template(template).render(say=say, language=language, **context)


def _told(words: Wording, diagnostic: Diagnostic) -> dict[str, str | None]:
    place = diagnostic.location
    return {
        "place": str(place) if place else None,
        "message": words.sentence(diagnostic),
        "hint": words.hint(diagnostic),
    }


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
