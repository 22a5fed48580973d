"""Views to text: the one place that knows Jinja. Everything is escaped; a name that no view has is an error."""

import re
from collections.abc import Callable, MutableMapping, Sequence
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

import jinja2
import jinja2.bccache
import jinja2.meta
from markupsafe import Markup

from gongwen_site.builder.publication import Page
from gongwen_site.builder.views import ItemView, SiteView
from gongwen_site.errors import Diagnostic, Location, TemplateError, error, note
from gongwen_site.nearest import nearest
from gongwen_site.wording import Wording

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_ROOT = Markup("<>")
# Our own mark: escaped text never holds these two characters.
_PRINTED = Markup(' lang="zh-CN"')
"""Stands on what newspapers printed, where the words of the pages are not Chinese."""


_ITEMS_AT_HAND = 10_000
"""Rows of lists that are held after they were rendered: about 20 MB."""


def without_controls(text: str) -> str:
    """Return text with U+FFFD for characters that neither HTML nor XML may hold, and for those that turn words around."""
    return _CONTROL.sub("\ufffd", text) if _CONTROL.search(text) else text


class _Compiled(jinja2.BytecodeCache):
    """Templates as they were compiled before in this process, by name and text: it may build a site more than once."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Give what was compiled of a text, if anything was."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep what was compiled of a text."""
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class _Environment(jinja2.Environment):
    """Jinja's, for templates that stay as they are while a site is built.

    A page includes thirty partials: each is looked up by its name alone, and takes the globals as one plain mapping.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: dict[str, jinja2.Template] = {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> jinja2.Template:
        if not isinstance(name, str) or globals:
            return super().get_template(name, parent, globals)
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = super().get_template(name, parent)
        return known

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


class Renderer:
    """Renders pages from templates: those of the first of `folders`, for others those of the next."""

    def __init__(self, site: SiteView, wording: Wording, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._environment = _Environment(
            loader=jinja2.FileSystemLoader(self._folders),
            autoescape=True,
            auto_reload=False,
            undefined=jinja2.StrictUndefined,
            bytecode_cache=_COMPILED,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        printed = "" if wording.language.startswith("zh") else _PRINTED
        self._environment.globals.update(site=site, words=wording.site, search_words=wording.search, printed=printed)
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
        known = self._items.get(key)
        if known is None:
            if len(self._items) >= _ITEMS_AT_HAND:
                self._items.clear()
            known = self._items[key] = self._render("partials/item.html", item=view(), dated=dated, tight=tight).strip()
        return Markup(known.replace(_ROOT, root))  # noqa: S704 - rendered with escaping on

    @staticmethod
    def item_root() -> Markup:
        """Return the mark that stands for the way to the top of the site in the links of an item."""
        return _ROOT

    def idle(self) -> tuple[Diagnostic, ...]:
        """Return a note on each template of an archive that stands for none of the program's and that no other names."""
        *own, shipped = self._folders
        known = {path.relative_to(shipped).as_posix() for path in shipped.rglob("*.html")}
        added = {
            path.relative_to(folder).as_posix(): path
            for folder in own
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }
        named: set[str | None] = set()
        for path in added.values():
            named.update(_named_in(self._environment, path))
        return tuple(
            note("template-idle", Location(file=str(path)), name=name, near=nearest(name, known))
            for name, path in added.items()
            if name not in known and name not in named
        )

    def _render(self, template: str, **context: object) -> str:
        try:
            return self._environment.get_template(template).render(**context)
        except jinja2.TemplateNotFound as failure:
            place = self._place(failure.__traceback__, template)
            raise TemplateError(error("template-missing", place, name=str(failure.name))) from failure
        except jinja2.TemplateSyntaxError as failure:
            place = Location(file=str(failure.filename or failure.name or template), line=failure.lineno)
            raise TemplateError(error("template-broken", place, reason=str(failure.message))) from failure
        except jinja2.UndefinedError as failure:
            place = self._place(failure.__traceback__, template)
            if unknown := _UNKNOWN.search(str(failure)):
                raise TemplateError(error("template-name-unknown", place, name=unknown[1] or unknown[2])) from failure
            raise TemplateError(error("template-broken", place, reason=str(failure))) from failure
        except _FAULTS as failure:
            place = self._place(failure.__traceback__, template)
            raise TemplateError(error("template-broken", place, reason=str(failure))) from failure

    def _place(self, trace: TracebackType | None, template: str) -> Location:
        """Return the innermost line of a template that a failure came through."""
        place = Location(file=template)
        while trace is not None:
            file = Path(trace.tb_frame.f_code.co_filename)
            if any(file.is_relative_to(folder) for folder in self._folders):
                place = Location(file=str(file), line=trace.tb_lineno)
            trace = trace.tb_next
        return place


_UNKNOWN = re.compile(r"^'(\w+)' is undefined$|has no (?:attribute|element) '?(\w+)'?$")
_FAULTS = (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What an expression in a template can come to: a sum of words and numbers, a filter that does not exist."""


def _named_in(environment: jinja2.Environment, path: Path) -> set[str | None]:
    """Return the templates that one includes or extends; none where it cannot be read, which its rendering will tell."""
    try:
        tree = environment.parse(path.read_text(encoding="utf-8"))
    except (jinja2.TemplateSyntaxError, UnicodeDecodeError):
        return set()
    return set(jinja2.meta.find_referenced_templates(tree))
