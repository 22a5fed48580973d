"""Views to text: the one place that knows Jinja. Everything is escaped; a name that no view has is an error."""

import re
from collections.abc import Callable

import jinja2
from markupsafe import Markup

from gongwen_site.builder.publication import Page
from gongwen_site.builder.views import ItemView, SiteView
from gongwen_site.errors import Location, TemplateError, error
from gongwen_site.resources import templates_folder
from gongwen_site.wording import Wording

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_ROOT = Markup("<>")
# Our own mark: escaped text never holds these two characters.


def without_controls(text: str) -> str:
    """Return text with U+FFFD for characters that neither HTML nor XML may hold, and for those that turn words around."""
    return _CONTROL.sub("\ufffd", text) if _CONTROL.search(text) else text


class Renderer:
    """Renders pages from the templates that travel with the program."""

    def __init__(self, site: SiteView, wording: Wording) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates_folder()),
            autoescape=True,
            auto_reload=False,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.globals.update(site=site, words=wording.site, search_words=wording.search)
        self._items: dict[tuple[str, bool, bool], str] = {}

    def page(self, page: Page) -> str:
        """Return the HTML of a page. Raises `TemplateError`."""
        return without_controls(self._render(page.template, page=page.frame, view=page.view))

    def item(self, name: str, view: Callable[[], ItemView], root: str, *, dated: bool, tight: bool) -> Markup:
        """Return an article's row in a list, whose links begin with `item_root()`, for a page at `root`.

        A `tight` row is one line: headline and region.

        An article stands in about eight lists, so its row is rendered once and only its links are moved.
        """
        key = (name, dated, tight)
        if key not in self._items:
            self._items[key] = self._render("partials/item.html", item=view(), dated=dated, tight=tight).strip()
        return Markup(self._items[key].replace(_ROOT, root))  # noqa: S704 - rendered with escaping on

    @staticmethod
    def item_root() -> Markup:
        """Return the mark that stands for the way to the top of the site in the links of an item."""
        return _ROOT

    def _render(self, template: str, **context: object) -> str:
        try:
            return self._environment.get_template(template).render(**context)
        except jinja2.TemplateNotFound as failure:
            raise TemplateError(error("template-missing", Location(file=str(failure.name)))) from failure
        except jinja2.TemplateSyntaxError as failure:
            place = Location(file=str(failure.name or template), line=failure.lineno)
            raise TemplateError(error("template-broken", place, reason=str(failure.message))) from failure
        except jinja2.UndefinedError as failure:
            raise TemplateError(error("template-broken", Location(file=template), reason=str(failure))) from failure
